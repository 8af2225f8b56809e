"""What does the room law hear: deadlines of its own."""

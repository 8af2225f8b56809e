"""What does the room access hear: deadlines of its own, and facts of rooms below it."""

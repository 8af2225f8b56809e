"""Outside systems that the room access talks to, and what it hears."""

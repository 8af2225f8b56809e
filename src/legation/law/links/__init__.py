"""Files that norms come from, and what the room hears."""

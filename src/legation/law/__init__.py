"""Law: what is owed to a mission and by it, who holds each duty, and which standard a building must meet."""

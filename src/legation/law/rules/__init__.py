"""Decisions of the room law: what a list holds, what a search means, who holds a duty, which standard applies."""

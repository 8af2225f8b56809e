"""Decisions of the room access: pure questions with values in and values out."""

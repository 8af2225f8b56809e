"""Decisions of the watch floor: how long an alarm may stand, and to whom it goes when nobody answers."""

"""Decisions about missions: what a list row means, and which posture may follow which."""

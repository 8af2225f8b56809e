"""Missions, premises, residences, people, assets: who and what is protected, and where."""

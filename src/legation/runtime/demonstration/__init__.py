"""A small world of real records that replays, with demonstration persons."""

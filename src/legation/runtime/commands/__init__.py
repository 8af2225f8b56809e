"""Commands of the node itself; each room's own commands are in its `cli.py`."""

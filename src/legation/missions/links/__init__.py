"""Lists that missions come from."""

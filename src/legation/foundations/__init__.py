"""Value types that every room speaks. Standard library and numpy only; no clock, no I/O."""

"""Value types that every room speaks. Standard library, numpy and h3 only; no clock, no I/O."""

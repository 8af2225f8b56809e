"""How does anything leave the house? By the doors in here, which know whom they may reach."""

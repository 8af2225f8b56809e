"""What the risk room hears and when it computes."""

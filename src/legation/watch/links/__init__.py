"""What the watch floor listens to."""

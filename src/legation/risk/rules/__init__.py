"""Which risk follows from which causes? Pure rules: no clock, no input or output, no randomness."""

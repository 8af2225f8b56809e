"""How are signals read, joined and weighed? Pure rules: no Django, no clock, no randomness, no I/O."""

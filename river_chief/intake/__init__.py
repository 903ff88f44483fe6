"""What comes in from outside: sheets become rows of values, each with its address or its reason."""

"""What is done differently for different segments, for how much money, and what came of it."""

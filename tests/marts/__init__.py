"""Hand-computed goldens of every mart, and the figures of the made-up city."""

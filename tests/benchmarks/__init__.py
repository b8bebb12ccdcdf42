"""Speed as ratios of processor time inside one run; never a timed test."""

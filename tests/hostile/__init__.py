"""Hostile and messy deliveries, each with what must become of it, and the trial that compares.

`cases/` writes the files (seeded, everything invented) beside their expectations, which come
from the contract of intake and never from what the program says today; `trial.py` lets the
program have each file in a child process; `python -m tests.hostile` prints the table.
"""

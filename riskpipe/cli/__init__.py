"""The command line: one file a group of commands, Chinese for the reader, exit codes for scripts.

application.py gathers the commands and catches what they raise; console.py prints so that
no terminal can choke on it; options.py holds what most commands take. Everything heavy, and
Dagster above all, is imported inside the commands that need it: `riskpipe --help` is fast.
"""

from riskpipe.cli.application import app, main

__all__ = ["app", "main"]

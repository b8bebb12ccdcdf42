"""The walk from delivered files to marts: which steps there are, and running one of them.

steps.py lists every step with what it reads; bench.py is the place a step works at (an
office's warehouse, or one month's issue) and runs or skips it by fingerprint; gathering.py
joins the landings of all files. Nothing of the field is decided here.
"""

"""The classifier's rules as a book that an office edits: what it holds, what is wrong, what moves.

book.py says which rule files make the book and what their columns are called; standing.py lays
packaged and office's rows side by side; faults.py judges rows one by one, clashes.py against each
other, effects.py against texts; overlay.py makes of an edited book the office's own files;
comparing.py judges the same records under two rule sets. Files are read and written elsewhere.
"""

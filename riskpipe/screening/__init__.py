"""Screening: text under field names becomes typed rows, or is rejected with its reasons.

columns.py types a column by its model: dates in days.py (undated.py says what is wrong with one),
amounts and flags in amounts.py and capitals.py, code lists in codes.py, numbers that are names in
identifiers.py, people on duty in persons.py, other text in texts.py; the words they read by are
data, gathered in words.py. sifting.py decides what a bad cell means for its row, splitting.py and
numbering.py make several findings of a row that holds them, keying.py names rows; verdict.py
lets the pandera model have the last word. Rules between rows or between columns are the
register's: it lists violations, screening only says what can be read.
"""

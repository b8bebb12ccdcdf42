"""Screening: text under field names becomes typed rows, or is rejected with its reasons.

columns.py types a column by its model (dates in days.py, amounts and flags in amounts.py,
code lists in codes.py); sifting.py decides what a bad cell means for its row and names rows
by their keys; verdict.py lets the pandera model have the last word. Rules between rows or
between columns are the register's: it lists violations, screening only says what can be read.
"""

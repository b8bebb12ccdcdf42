"""Intake: a delivered file becomes text under field names, every row of it accounted for.

look.py says what a file is by its content; workbook.py, delimited.py and jsonlines.py turn it
into grids of text; heading.py finds the heading rows and the layout that knows them; rows.py
marks what is title, total, note or blank; reading.py joins these. Nothing is typed or judged
here, and nobody's name is looked for: identity and screening come after.
"""

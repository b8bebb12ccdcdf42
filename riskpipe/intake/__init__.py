"""Intake: a delivered file becomes text under field names, every row of it accounted for.

look.py says what a file is by its content (natures.toml), archive.py which files a zip holds;
workbook.py (in a limited child: cells.py, package.py, sheetxml.py, sparse.py, webpage.py),
delimited.py and jsonlines.py turn it into grids of text; parts.py tells the tables of a sheet
apart; blocks.py and heading.py find the heading rows and the layout that knows them (mapping.py
adds what the office said of unknown ones); rows.py marks what is title, total, note or blank,
totals.py checks the totals; fields.py puts records under field names; reading.py joins these.
Nothing is typed or judged here, and nobody's name is looked for: identity and screening come
after.
"""

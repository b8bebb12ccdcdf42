"""A made-up city: deliveries as offices send them, and the truth that was planted in them.

`riskpipe.demo.city.build_city` writes dated folders of workbooks and CSV files for any number
of months. One file per source (register12350, workorders, ledgers, incidents ...) over shared
pieces: months and dice (what is drawn when), geography, people, wording (what is said), plan
(how many of what), workbook and delimited (how it is written), truth (what was planted).
Nothing here reads what riskpipe makes of it.
"""

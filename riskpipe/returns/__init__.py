"""Returns: every delivered sheet with mistakes goes back to its sender, marked, to be corrected.

due.py says what is due back. Of one file, places.py finds the tables, withholding.py and
telling.py decide what may be shown, marking.py what is marked, pages.py and cover.py put a plan
together (plan.py); making.py has it written: copying.py with carrying.py, styling.py, dressing.py and packing.py
on the sender's own workbook inside a limited child, rebuilding.py anew. Nothing is read from or
written to disk here.
"""

from riskpipe.returns.cover import Origin
from riskpipe.returns.due import due, line_of
from riskpipe.returns.making import File, Terms, returned

__all__ = ["File", "Origin", "Terms", "due", "line_of", "returned"]

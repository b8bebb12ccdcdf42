"""Reception: one delivered file in, its landing out. The edge of the walk, joined here.

desk.py holds what every file needs (layouts, codes, classifier, keys); reading a file and
taking its people out is transcript.py; typing and classifying is receiving.py; landing.py
keeps both results by content so that nothing is read twice (keeping.py the text, shelf.py the
files); ledger.py walks the raw folder and tells what became of each path; held.py and unknown.py
tell whose rows and which headings were not taken in; checking.py answers `riskpipe check`.
"""

from riskpipe.reception.checking import inspect, inspect_all
from riskpipe.reception.desk import Desk, desk_of
from riskpipe.reception.held import held_people
from riskpipe.reception.landing import (
    land,
    land_all,
    landed_table,
    notices,
    rejected_cells,
    rejected_rows,
    sheets,
)
from riskpipe.reception.ledger import (
    Delivery,
    Skipped,
    deliveries,
    deliveries_table,
    skipped,
    spread,
)
from riskpipe.reception.receiving import Landing, receive
from riskpipe.reception.transcript import Transcript, transcribe

__all__ = [
    "Delivery",
    "Desk",
    "Landing",
    "Skipped",
    "Transcript",
    "deliveries",
    "deliveries_table",
    "desk_of",
    "held_people",
    "inspect",
    "inspect_all",
    "land",
    "land_all",
    "landed_table",
    "notices",
    "receive",
    "rejected_cells",
    "rejected_rows",
    "sheets",
    "skipped",
    "spread",
    "transcribe",
]

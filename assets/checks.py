"""The laws as asset checks; each asks riskpipe and keeps counts only.

Row conservation is checked where it arises (assets/intake.py) and blocks the run. A check of
single rows belongs to the table's model, not here.
"""

import dagster as dg

checks: list[dg.AssetChecksDefinition] = []

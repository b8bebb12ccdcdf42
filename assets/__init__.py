"""The Dagster layer: the graph an analyst sees, which is the walk of the package `riskpipe`.

cards.py says how a table looks in the graph, tables.py makes one asset a table, intake.py
the landing of deliveries, publishing.py the published file, consultation.py the issue of a
month; checks.py holds the laws, automation.py the jobs, schedule and sensor, office.py
whose files they all work on. Nothing is computed here: every body calls `riskpipe`.
"""

import dagster as dg

from assets import automation, checks, consultation, intake, publishing, tables
from assets.office import OfficeResource

defs = dg.Definitions(
    assets=[*intake.assets, *tables.assets, *publishing.assets, *consultation.assets],
    asset_checks=checks.checks,
    jobs=automation.jobs,
    schedules=automation.schedules,
    sensors=automation.sensors,
    resources={"office": OfficeResource(raw="", warehouse="", as_of="")},
    # One process for all steps: the default costs about a second of processor a step.
    executor=dg.in_process_executor,
)

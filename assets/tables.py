"""One asset a computed table: calendar, rules, register, rewards, marts.

Which there are, what each reads and how it is made is riskpipe's business (walk/steps.py):
a new `.sql` with its model becomes an asset by being there.
"""

import dagster as dg

from assets.cards import card_of, key_path, result_of, told_plainly
from assets.office import OfficeResource
from riskpipe.walk.bench import Step, build
from riskpipe.walk.office import DELIVERIES
from riskpipe.walk.steps import is_sql, steps


def table_asset(step: Step) -> dg.AssetsDefinition:
    """The asset that makes one step's table."""
    kinds = {"duckdb", "sql"} if is_sql(step.key) else {"python"}

    # The as-of date comes from the ledger, so what reads no table still comes after it.
    reads = step.inputs or (DELIVERIES,)

    @dg.asset(**card_of(step.model, kinds), deps=[key_path(key) for key in reads])
    def made(office: OfficeResource) -> dg.MaterializeResult:
        with told_plainly():
            outcome = build(step, office.bench())
        return result_of(outcome)

    return made


assets = [table_asset(step) for step in steps()]

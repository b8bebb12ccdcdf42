"""One asset a computed table: calendar, rules, register, rewards, marts.

Which there are, what each reads and how it is made is riskpipe's business (walk/steps.py):
a new `.sql` with its model becomes an asset by being there. The calendar and the rule tables
read no other table and are made in one step; every other table is a step of its own.
"""

from collections.abc import Iterator

import dagster as dg

from assets.cards import card_of, key_path, result_of, told_plainly
from assets.office import OfficeResource
from riskpipe.walk.bench import Step, build
from riskpipe.walk.office import DELIVERIES
from riskpipe.walk.steps import is_sql, steps

GIVEN = [step for step in steps() if not step.inputs]
COMPUTED = [step for step in steps() if step.inputs]


@dg.multi_asset(
    specs=[
        # The as-of date comes from the ledger, so what reads no table still comes after it.
        dg.AssetSpec(**card_of(step.model, {"csv"}), deps=[key_path(DELIVERIES)])
        for step in GIVEN
    ],
    name="calendar_and_rules",
)
def calendar_and_rules(office: OfficeResource) -> Iterator[dg.MaterializeResult]:
    """The run's dates, the calendar, and the rule files as tables SQL can join."""
    for step in GIVEN:
        with told_plainly():
            outcome = build(step, office.bench())
        yield result_of(outcome)


def table_asset(step: Step) -> dg.AssetsDefinition:
    """The asset that makes one computed table."""
    kinds = {"duckdb", "sql"} if is_sql(step.key) else {"python"}

    @dg.asset(**card_of(step.model, kinds), deps=[key_path(key) for key in step.inputs])
    def made(office: OfficeResource) -> dg.MaterializeResult:
        with told_plainly():
            outcome = build(step, office.bench())
        return result_of(outcome)

    return made


assets = [calendar_and_rules, *(table_asset(step) for step in COMPUTED)]

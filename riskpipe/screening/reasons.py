"""What is written beside a rejected row or cell: rule, Chinese reason, value.

Row places, rules and values go in, Arrow rows of `REJECTED` come out. The sentences are data
(reasons.csv); whether a value may be shown is not decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from riskpipe.rules import Rules

REJECTED = pa.schema(
    [
        pa.field("row_no", pa.int64(), nullable=False),
        pa.field("heading", pa.string()),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("value", pa.string()),
    ]
)
NOTHING = REJECTED.empty_table()


@dataclass(frozen=True)
class Reasons:
    """Sentences by rule."""

    sentences: Mapping[str, str]

    def lines(
        self,
        row_no: pa.Array,
        rule: str,
        heading: str | None,
        values: pa.Array | None,
        facts: Mapping[str, object],
    ) -> pa.Table:
        """One line per row number, all for the same rule and column."""
        count = len(row_no)
        reason = self.sentences[rule].format(heading=heading, **facts)
        shown = values if values is not None else pa.nulls(count, pa.string())
        return pa.table(
            [
                row_no,
                pa.repeat(pa.scalar(heading, pa.string()), count),
                pa.repeat(pa.scalar(rule, pa.string()), count),
                pa.repeat(pa.scalar(reason, pa.string()), count),
                shown.cast(pa.string()),
            ],
            schema=REJECTED,
        )


def reasons_of(rules: Rules) -> Reasons:
    """The sentences in force."""
    return Reasons({row["rule"]: row["reason"] for row in rules.rows("screening/reasons")})


def together(lines: Sequence[pa.Table]) -> pa.Table:
    """All lines, by row and then in the order of the columns."""
    joined = pa.concat_tables([NOTHING, *lines])
    order = pa.compute.sort_indices(joined["row_no"])  # stable: columns keep their order
    return joined.take(order)

"""The delivery's own facts, from its sheet 报送信息: sender, period, nature, zero report.

A two-column grid (项目, 内容) goes in, the facts as text come out under field names; reading
them as dates and numbers is screening's. Who filled the sheet in is not read.
"""

from collections.abc import Mapping

from riskpipe.intake.grid import Grid
from riskpipe.intake.layout import Layouts, plain


def facts_of(grid: Grid, layouts: Layouts) -> Mapping[str, str]:
    """Field → text for every known 项目; the content is the first filled cell to its right."""
    known = {plain(name): field for field, names in layouts.facts.items() for name in names}
    facts: dict[str, str] = {}
    for row in zip(*(column.to_pylist() for column in grid.cells.columns), strict=True):
        for place, cell in enumerate(row):
            field = known.get(plain(cell)) if cell else None
            if field:
                value = next((other for other in row[place + 1 :] if other), None)
                if value:
                    facts.setdefault(field, value.strip())
                break
    return facts

"""What a reader of a sheet should look at although no row is rejected for it.

A grid goes in, notices come out: rows that were hidden on the screen, rows with pictures. Their
sentences are data (screening/reasons.csv); what is wrong with a value is screening's.
"""

from riskpipe.intake.grid import Grid, Notice


def noticed(grid: Grid) -> tuple[Notice, ...]:
    """The notices of one sheet; rows outside the grid are told too."""
    return (*_hidden(grid), *_pictures(grid))


def _hidden(grid: Grid) -> tuple[Notice, ...]:
    rows = grid.traits.hidden_rows
    return (Notice("hidden_rows", rows, None, None, {}),) if rows else ()


def _pictures(grid: Grid) -> tuple[Notice, ...]:
    return tuple(
        Notice("pictures", (row,), None, None, {"count": count})
        for row, count in grid.traits.pictures
    )

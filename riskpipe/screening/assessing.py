"""Empties the factors of a risk assessment that are no value of their method, row by row.

Typed columns of one sheet go in and are changed in place; the faults on them are told like any
other. Which values a method has is risks.py's.
"""

import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.screening.columns import Fault, Typed
from riskpipe.screening.risks import Risks, misfits


def assess(made: dict[str, Typed], risks: Risks) -> None:
    """Sheets of kinds without these columns, and sheets that leave them blank, stay as they are."""
    factors = sorted(risks.factors & made.keys())
    if all(made[name].values.null_count == len(made[name].values) for name in factors):
        return
    gone = misfits({name: made[name].values for name in factors}, risks)
    for name in factors:
        if gone[name].any():
            values, faults = made[name].values, made[name].faults
            kept = pc.if_else(pa.array(gone[name]), pa.scalar(None, values.type), values)
            made[name] = Typed(kept, (*faults, Fault("bad_factor", gone[name])))

"""Which factors of a risk assessment are values of its method: LEC has fixed lists, LS 1 to 5.

Typed numbers of the same rows go in, masks of those that are not in the list come out. L stands
in both methods: the columns filled beside it say which list it is asked of, and alone it may be
of either. Products, bands and colours are set logic (riskpipe/register/risks.sql).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from riskpipe.rules import RuleError, Rules

SHARED = "likelihood"
OWN = {"LEC": ("exposure", "consequence"), "LS": ("severity",)}
"""The columns that tell a method; `SHARED` stands beside them in both."""


@dataclass(frozen=True)
class Risks:
    """Allowed values by method and column."""

    methods: Mapping[str, Mapping[str, tuple[float, ...]]]

    @property
    def factors(self) -> frozenset[str]:
        """Every column that holds a factor."""
        return frozenset(name for columns in self.methods.values() for name in columns)

    def listed(self, name: str) -> str:
        """The values of a column for its complaint, by method where it has several."""
        lists = {m: columns[name] for m, columns in self.methods.items() if name in columns}
        told = {m: "、".join(f"{value:g}" for value in values) for m, values in lists.items()}
        if len(told) == 1:
            return next(iter(told.values()))
        return "；".join(f"{method} 法 {values}" for method, values in told.items())


def risks_of(rules: Rules) -> Risks:
    """The lists in force. Raises RuleError when a method or a column of one is not known."""
    document = rules.document("screening/risks")
    wanted = {method: {SHARED, *own} for method, own in OWN.items()}
    if {method: set(columns) for method, columns in document.items()} != wanted:
        raise RuleError(
            "规则 screening/risks.toml 只能有 LEC（likelihood、exposure、consequence）"
            "和 LS（likelihood、severity）两种方法：请对照自带的文件改正。"
        )
    return Risks(
        {
            method: {name: tuple(map(float, document[method][name])) for name in (SHARED, *own)}
            for method, own in OWN.items()
        }
    )


def misfits(made: Mapping[str, pa.Array], risks: Risks) -> dict[str, np.ndarray]:
    """For each factor of `made`, the rows whose number is not in its method's list."""
    rows_of, of_none = _by_method(made, risks)
    fits = {SHARED: np.zeros(len(made[SHARED]), dtype=bool)}
    for method, columns in risks.methods.items():
        fits |= {name: _within(made[name], columns[name]) for name in columns if name != SHARED}
        in_list = _within(made[SHARED], columns[SHARED])
        fits[SHARED] |= in_list & (rows_of[method] | of_none)
    return {name: ~fit & np.asarray(made[name].is_valid()) for name, fit in fits.items()}


def _by_method(
    made: Mapping[str, pa.Array], risks: Risks
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """The rows of each method, the first listed going first, and the rows of none."""
    rows_of: dict[str, np.ndarray] = {}
    left = np.ones(len(made[SHARED]), dtype=bool)
    for method, columns in risks.methods.items():
        own = [np.asarray(made[name].is_valid()) for name in columns if name != SHARED]
        rows_of[method] = left & np.logical_or.reduce(own)
        left &= ~rows_of[method]
    return rows_of, left


def _within(values: pa.Array, allowed: tuple[float, ...]) -> np.ndarray:
    return np.asarray(pc.is_in(values, value_set=pa.array(allowed, pa.float64())))

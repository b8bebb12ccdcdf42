"""Every table of riskpipe. `all_models()` is the one list of them, in the order of the walk.

base.py says how a table is declared; shared.py the calendar and the run; delivered.py what
offices send; intake.py the accounting of deliveries; classification.py the taxonomy; register.py,
rewards.py and marts.py what is computed from them.
"""

from functools import cache
from importlib import import_module

from riskpipe.tables.base import Model, Table, key_of, name_of

MODULES = ("shared", "intake", "delivered", "classification", "register", "rewards", "marts")


@cache
def all_models() -> tuple[Model, ...]:
    """Every model with a key, in the order of the walk and of its module."""
    found: list[Model] = []
    for name in MODULES:
        module = import_module(f"riskpipe.tables.{name}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, Table)
            and value.__module__ == module.__name__
            and key_of(value)
        ]
    return tuple(found)


@cache
def model_of(name: str) -> Model:
    """The model by its one word (`hazards`) or its key. Raises KeyError when there is none."""
    for model in all_models():
        if name in (name_of(model), key_of(model)):
            return model
    raise KeyError(name)

"""Every register, rewards and marts SQL gives the same cells on Spark as on DuckDB.

Each step is asked over the Parquets DuckDB's run left, so one difference is reported once,
at the step that makes it.
"""

import pyarrow as pa
import pytest

from riskpipe.rules import PACKAGE
from riskpipe.tables.base import name_of, schema_of
from riskpipe.walk.bench import Bench, Step
from riskpipe.walk.steps import sql_of, steps
from tests.spark import server
from tests.spark.asking import Question, ask

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(server.why_not() is not None, reason=str(server.why_not())),
]

SQL_STEPS = [step for step in steps() if (PACKAGE / f"{step.key}.sql").exists()]


@pytest.fixture(scope="module")
def answers(city: Bench, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table | str]:
    return ask([_question(step, city) for step in SQL_STEPS], tmp_path_factory.mktemp("answers"))


def _question(step: Step, city: Bench) -> Question:
    see = {key.rpartition("/")[2]: city.path_of(key) for key in step.inputs}
    return Question(step.key, see, sql_of(step.key))


@pytest.mark.parametrize("step", SQL_STEPS, ids=lambda step: name_of(step.model))
def test_the_same_text_gives_the_same_cells(step, answers, city):
    answer = answers[step.key]
    assert isinstance(answer, pa.Table), answer
    ours = city.own.read(step.key).replace_schema_metadata(None)
    theirs = answer.cast(schema_of(step.model))
    assert theirs.num_rows == ours.num_rows
    different = [name for name in ours.column_names if not theirs[name].equals(ours[name])]
    assert different == []


def test_the_city_is_large_enough_to_mean_something(city):
    assert city.own.rows_of("register/tipoffs") >= 5000

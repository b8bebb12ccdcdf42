"""Levels and risk bands on Spark: sums of money, fractions and blanks that the city never draws."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from riskpipe.tables import model_of
from riskpipe.tables.base import schema_of
from riskpipe.tables.register import Findings, Incidents
from riskpipe.walk.steps import sql_of, step_of
from tests.rows import rows
from tests.setlogic import made, rules_of
from tests.spark import server
from tests.spark.asking import Question, ask

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(server.why_not() is not None, reason=str(server.why_not())),
]

FACTORS = [
    {"likelihood": 0.1, "exposure": 3.0, "consequence": 7.0, "risk_value_stated": 2.1},
    {"likelihood": 10.0, "exposure": 10.0, "consequence": 100.0, "risk_colour_stated": "黄"},
    {"likelihood": 320.0, "exposure": 1.0, "consequence": 1.0, "risk_level_stated": "重大"},
    {"likelihood": 4.0, "severity": 5.0, "risk_value_stated": 16.0, "risk_level_stated": "低"},
    {"likelihood": 3.0, "exposure": 6.0, "risk_value_stated": 99.0},
    {"risk_level_stated": "重大", "risk_colour_stated": "蓝"},
]
ROAD = {"category": "事故灾难", "subcategory": "交通运输事故", "happened_at": "2025-10-01 02:00"}
MASS = ROAD | {"category": "社会安全事件", "subcategory": "群体性事件"}
STATED = [
    ROAD | {"deaths": 5, "level_stated": "重大", "level_computed": "较大", "level_id": "accident-3"},
    ROAD | {"deaths": 0, "direct_loss_yuan": "49999999.99", "level_stated": "重大",
            "level_computed": "较大", "level_id": "accident-3"},
    ROAD | {"level_stated": "较大"},
    MASS | {"people_affected": 999, "level_stated": "重大", "deaths": 0, "minor_injuries": 0},
    MASS | {"subcategory": "涉外", "level_stated": "一般"},
]  # fmt: skip
GIVEN = {
    "register/risks": {
        "findings": rows(
            Findings, [{"finding_no": f"F{n}", **row} for n, row in enumerate(FACTORS)]
        )
    },
    "register/mislevels": {
        "incidents": rows(
            Incidents, [{"incident_no": f"S{n}", **row} for n, row in enumerate(STATED)]
        )
    },
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table | str]:
    folder = tmp_path_factory.mktemp("given")
    return ask([_question(key, folder) for key in GIVEN], tmp_path_factory.mktemp("answers"))


def _question(key, folder):
    see = {}
    for needed in step_of(key).inputs:
        name = needed.rpartition("/")[2]
        table = GIVEN[key].get(name)
        see[name] = folder / f"{name}.parquet"
        pq.write_table(rules_of(model_of(needed)) if table is None else table, see[name])
    return Question(key, see, sql_of(key))


@pytest.mark.parametrize("key", GIVEN)
def test_the_same_text_gives_the_same_cells(key, answers):
    answer = answers[key]
    assert isinstance(answer, pa.Table), answer
    ours = made(key, GIVEN[key], "2025-12-31")
    assert ours.num_rows == len(next(iter(GIVEN[key].values())))
    assert answer.cast(schema_of(model_of(key))).equals(ours)

"""The marts give back the figures of five annual reports, from the published file.

The small city of every run is asked for its planted figures; the full one, built here,
for the published figures themselves. Both put the same questions.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from riskpipe.demo.city import build_city
from tests.marts.figures import FIGURES, Ask, Figure, expected_of
from tests.walking import office_at, walk

MONTHS_SINCE_2025 = 22
"""From January 2025, the golden year's first month, to October 2026."""

IDS = [figure.name for figure in FIGURES]


def asking(published: Path) -> Iterator[Ask]:
    """Puts one question and hands back its rows."""
    with duckdb.connect(str(published), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def ask(city_folder: Path) -> Iterator[Ask]:
    yield from asking(city_folder / "warehouse" / "risk.duckdb")


@pytest.fixture(scope="module")
def planted(city_folder: Path) -> dict[str, tuple[object, ...]]:
    truth = json.loads((city_folder / "truth" / "truth.json").read_text("utf-8"))
    return expected_of(truth["expected"])


@pytest.fixture(scope="module")
def ask_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("large")
    build_city(
        folder / "raw",
        folder / "truth",
        scale=1,
        months=MONTHS_SINCE_2025,
        seed=1,
        progress=lambda _line: None,
    )
    walk(office_at(folder))
    yield from asking(folder / "warehouse" / "risk.duckdb")


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_a_small_city_gives_back_what_was_planted(figure: Figure, ask: Ask, planted):
    assert ask(figure.sql) == [planted[figure.name]]


@pytest.mark.slow
def test_the_small_figures_say_something(planted):
    # A city so small that a figure is zero would prove nothing of it.
    assert all(all(value > 0 for value in row) for row in planted.values())


@pytest.mark.slow
@pytest.mark.parametrize("figure", FIGURES, ids=IDS)
def test_the_full_city_gives_back_the_published_figures(figure: Figure, ask_large: Ask):
    assert ask_large(figure.sql) == [figure.expected]


def test_the_published_figures_add_up_as_the_reports_say():
    rows = {figure.name.split("（")[0].split("：")[0]: figure.expected for figure in FIGURES}
    assert rows["12350来电、核查、属实、已领取金额、已领取件数、属实未奖励件数"][3:] == (
        Decimal(129 * 200 + 77 * 500),
        129 + 77,
        400 - 129 - 77,
    )
    assert sum(rows["区内突发事件，四类和合计"][:4]) == 717
    assert sum(rows["存在隐患的单位"][:6]) == 42295
    assert sum(rows["全区重点隐患，四类、整改完成、正在整改"][:4]) == 45 == 16 + 29
    assert sum(rows["工单来件"]) == 98942
    assert sum(rows["工单办结"]) == 97700
    assert sum(rows["视频派遣"][:2]) == 5449


def test_the_total_rate_is_not_the_one_once_printed():
    received, closed = (
        next(f.expected for f in FIGURES if f.name.startswith(name))
        for name in ("工单来件", "工单办结")
    )
    rate = 100 * sum(closed) / sum(received)
    mean = sum(100 * c / r for c, r in zip(closed, received, strict=True)) / 4
    assert round(rate, 2) == 98.74  # 97,700 of 98,942
    assert round(mean, 2) == 99.19  # the mean of the four rates, which is no rate of anything
    assert round(rate, 2) != 98.09  # what was printed

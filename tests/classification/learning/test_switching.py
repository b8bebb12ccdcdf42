"""The command on a register: what it reads, refuses, writes, takes away and never gives away."""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from riskpipe.classification import Classifier
from riskpipe.classification.learned import load_learned
from riskpipe.cli.application import main
from riskpipe.rules import Rules
from riskpipe.settings import Settings
from riskpipe.tables.base import key_of, schema_of
from riskpipe.tables.intake import Sheets
from riskpipe.tables.register import Findings, Links, Tipoffs
from riskpipe.walk import learning as walk
from riskpipe.walk.office import Office
from riskpipe.warehouse import Warehouse

CLERK = "欧阳试人"
STREET = "南桥街道"
SIGNED = {"自然灾害": f"，{CLERK}登记于{STREET}"}
"""One clerk in one street takes down all of one category: names that would tell it best."""

RUN = pa.table({"as_of_on": pa.array([date(2026, 8, 1)])})


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RISKPIPE_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("RISKPIPE_WAREHOUSE", str(tmp_path / "warehouse"))
    monkeypatch.setenv("RISKPIPE_KEY_FILE", str(tmp_path / "riskpipe.key"))


@pytest.fixture
def at(tmp_path) -> Office:
    return Office(Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse"))


@pytest.fixture
def registered(tmp_path, office):
    """A register of so many reviewed tip-offs, some categories signed, all with a mask."""

    def one(rows: int, local: float, signed: dict[str, str]) -> None:
        records = office.records(rows, local, 1).to_pylist()
        tipoffs = [
            record
            | {
                "content": f"{record['text']}，来电〔电话〕{signed.get(record['category'], '')}",
                "content_hash": "h",
                "sheet": "登记",
                "street": STREET,
                "received_by": CLERK,
            }
            for record in records
        ]
        finding = {
            "row_id": "F1",
            "category": "事故灾难",
            "category_basis": "规则",
            "description": "消防通道堵塞",
            "content_hash": "h",
            "sheet": "台账",
        }
        sheets = [
            {"content_hash": "h", "sheet": "登记", "layout": "tipoffs"},
            {"content_hash": "h", "sheet": "台账", "layout": "findings_ledger"},
            {"content_hash": "h", "sheet": "封面", "layout": None},
        ]
        warehouse = Warehouse(tmp_path / "warehouse")
        links = [{"row_id": r["row_id"], "hazard_id": r["hazard_id"]} for r in records]
        for model, made in (
            (Tipoffs, tipoffs),
            (Findings, [finding]),
            (Sheets, sheets),
            (Links, links),
        ):
            # Columns that learning does not read stay empty.
            schema = pa.schema([field.with_nullable(True) for field in schema_of(model)])
            named = [{k: v for k, v in row.items() if k in schema.names} for row in made]
            warehouse.write(key_of(model), pa.Table.from_pylist(named, schema), "试")
        warehouse.write("calendar/run", RUN, "试")

    return one


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_records_carry_source_and_hazard(registered, at):
    registered(20, 0.5, {})
    records = {
        row["row_id"]: row for row in walk.records_of(at, Rules(Path("no-office"))).to_pylist()
    }
    assert len(records) == 21
    assert records["R00005"]["hazard_id"] == "T-0"
    assert records["R00005"]["prior"] == "tipoffs"
    assert records["F1"]["prior"] == "findings"
    assert records["F1"]["hazard_id"] is None
    assert records["F1"]["text"] == "消防通道堵塞"


def test_too_little_data_is_refused_with_exit_1(registered, at, capsys):
    registered(100, 0.5, {})
    assert main(["learn"]) == 1
    said = capsys.readouterr()
    assert "不启用：数据不足（已确认的条数 100，至少 200，还差 100）" in said.out
    assert "review" in said.out
    assert files(at.settings.raw) == set()


def test_rules_that_know_the_words_are_left_alone(registered, at, capsys):
    registered(450, 0.0, {})
    assert main(["learn"]) == 1
    assert "不启用：未胜过规则" in capsys.readouterr().out
    assert files(at.settings.raw) == set()


def test_a_trial_writes_nothing(registered, at, capsys):
    registered(450, 0.5, {})
    assert main(["learn", "--dry-run"]) == 0
    assert "可以启用" in capsys.readouterr().out
    assert files(at.settings.raw) == set()


def test_switched_on_asked_and_off_again(registered, at, capsys):
    registered(450, 0.5, {})
    rules = at.settings.rules_folder
    before = Classifier.load(Rules(rules)).version
    assert main(["learn"]) == 0
    assert files(rules) == {"classification/learned.csv", "classification/learned.md"}
    first = {name: (rules / name).read_bytes() for name in files(rules)}
    assert Classifier.load(Rules(rules)).version != before

    capsys.readouterr()
    assert main(["classify", "下穿通道成了闷涵"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("自然灾害")
    assert "学习词“闷涵”" in said

    # With a list already on, the rules are still tested without it: the same bytes again.
    assert main(["learn"]) == 0
    assert {name: (rules / name).read_bytes() for name in files(rules)} == first

    assert main(["learn", "--off"]) == 0
    assert files(rules) == set()
    assert Classifier.load(Rules(rules)).version == before
    assert main(["learn", "--off"]) == 0
    assert "没有启用" in capsys.readouterr().out


def test_a_list_no_longer_proven_is_told(registered, at, capsys):
    registered(450, 0.5, {})
    assert main(["learn"]) == 0
    registered(100, 0.5, {})
    assert main(["learn"]) == 1
    assert "仍在使用" in capsys.readouterr().err
    assert walk.is_on(at)


def test_rules_laid_out_beside_can_be_compared(registered, at, tmp_path, capsys):
    registered(450, 0.5, {})
    own = at.settings.rules_folder / "classification/priors.csv"
    own.parent.mkdir(parents=True)
    own.write_text("id,自然灾害,事故灾难,公共卫生事件,社会安全事件,非突发事件,reason\n", "utf-8")
    aside = tmp_path / "新规则"
    assert main(["learn", "--out", str(aside)]) == 0
    assert not walk.is_on(at)
    assert files(aside) == {
        "classification/learned.csv",
        "classification/learned.md",
        "classification/priors.csv",
    }
    assert load_learned(Rules(aside)).ids
    assert main(["learn", "--out", str(aside)]) == 2
    assert "请另给一个空目录" in capsys.readouterr().err


def test_nothing_of_a_person_or_a_place_is_learned(registered, at, capsys):
    """Where names tell a category best; 登记 shows that they would have been learned."""
    registered(450, 0.5, SIGNED)
    assert main(["learn"]) == 0
    rules = at.settings.rules_folder
    with (rules / walk.LEARNED).open(encoding="utf-8", newline="") as file:
        words = [row["word"] for row in csv.DictReader(line for line in file if line[0] != "#")]
    assert any("登记" in word for word in words)
    pairs = [CLERK[a : a + 2] for a in range(3)]
    assert not [word for word in words if any(pair in word for pair in pairs)]
    assert not [word for word in words if "南桥" in word or word in ("电话", "街道")]
    said = capsys.readouterr()
    for text in ((rules / walk.CARD).read_text("utf-8"), said.out, said.err):
        assert CLERK not in text
        assert "南桥" not in text


def test_without_scikit_learn_it_says_how_to_install_it(registered, monkeypatch, capsys):
    registered(20, 0.5, {})
    monkeypatch.setattr(walk, "is_installed", lambda: False)
    assert main(["learn"]) == 2
    assert "pip install 'riskpipe[learn]'" in capsys.readouterr().err


def test_before_a_first_run_it_says_what_to_do(capsys):
    assert main(["learn"]) == 2
    assert "riskpipe run" in capsys.readouterr().err

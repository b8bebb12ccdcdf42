"""Hostile files delivered together: none stops another, and no person leaves the vault."""

from pathlib import Path

import pytest

from riskpipe import reception
from riskpipe.identity.vault import Vault
from riskpipe.reception.ledger import spread
from riskpipe.warehouse import Warehouse
from tests.hostile.case import Case
from tests.hostile.cases import all_cases
from tests.hostile.cases.people import CALLER, OTHER
from tests.hostile.observing import KEYS, desk_with
from tests.leaks import find_leaks

PASSED_OVER = (".", "~$")
"""How names begin that a run does not even take up; pictures it leaves where they lie."""
PICTURES = (".png", ".jpg", ".bmp", ".zip.png")


def delivered(raw: Path, cases: dict[str, Case]) -> dict[str, Case]:
    """Lay every case under a sender of its own; the cases by sender."""
    by_sender = {f"第{number:03d}报送单位": case for number, case in enumerate(cases.values())}
    for sender, case in by_sender.items():
        path = raw / "2026-04-03" / sender / case.file
        path.parent.mkdir(parents=True)
        if case.place:
            case.place(path, case.content())
        else:
            path.write_bytes(case.content())
    return by_sender


def landed(folder: Path) -> dict[str, str]:
    """The status of what each sender delivered; of several files in an archive, of all together."""
    warehouse, desk = Warehouse(folder / "warehouse"), desk_with(())
    found = spread(reception.deliveries(folder / "raw"), desk.limits)
    known = reception.land_all(found, desk, warehouse, Vault(warehouse.vault, KEYS))
    statuses: dict[str, set[str]] = {}
    for delivery, one in zip(found, known, strict=True):
        statuses.setdefault(delivery.sender, set()).add(str(one.row["status"]))
    return {
        sender: all_of_it.pop() if len(all_of_it) == 1 else "部分接收"
        for sender, all_of_it in statuses.items()
    }


@pytest.mark.slow
def test_no_file_stops_the_others(tmp_path: Path) -> None:
    cases = {
        name: case
        for name, case in all_cases().items()
        if case.theme in ("容器", "网页", "路径", "压缩包", "内部标记", "文本") and not case.limits
    }
    by_sender = delivered(tmp_path / "raw", cases)
    known = landed(tmp_path)
    expected = {
        sender: case
        for sender, case in by_sender.items()
        if not case.file.startswith(PASSED_OVER) and not case.file.endswith(PICTURES)
    }
    assert known.keys() >= expected.keys() - {s for s, c in expected.items() if c.place}
    wrong = {
        case.name: known[sender]
        for sender, case in expected.items()
        if sender in known and known[sender] not in case.expected.status.split("|")
    }
    assert wrong == {}
    assert list(tmp_path.glob("**/*riskpipe-slip*")) == []
    assert not Path("/tmp/riskpipe-slip.csv").exists()


def test_persons_of_messy_sheets_stand_in_the_vault_alone(tmp_path: Path) -> None:
    cases = {name: case for name, case in all_cases().items() if case.theme == "人员"}
    delivered(tmp_path / "raw", cases)
    landed(tmp_path)
    planted = {"name": [CALLER.name, OTHER.name], "phone": [CALLER.phone, OTHER.phone]}
    assert find_leaks([tmp_path / "warehouse"], planted, [tmp_path / "warehouse" / "vault"]) == []

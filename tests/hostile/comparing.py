"""An expectation and an observation become the differences, in words, and the tallies.

Besides what a case expects, every case is held to the laws: rows add up, a row has one fate,
each sheet's account equals its rows, no person stands in anything that was said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.hostile.case import ANY_SHEET, Case, Cell, Place
from tests.hostile.observing import Observed

SHOWN = 4


@dataclass(frozen=True)
class Verdict:
    """How a case went. Cells are rejected or emptied ones, by sheet, row and heading."""

    name: str
    differences: tuple[str, ...]
    good: int
    good_kept: int
    cells: int
    cells_found: int
    cells_invented: int
    accident: str = ""
    """crash or hang: no answer, or an answer that an exception was swallowed."""

    @property
    def is_as_expected(self) -> bool:
        """Nothing differs."""
        return not self.differences and not self.accident


def compare(name: str, case: Case, seen: Observed) -> Verdict:
    """Hold an observation to its case."""
    wanted = case.expected
    cells, found = (
        _cells(wanted.bad.items(), wanted.emptied),
        _cells(seen.rejected.items(), seen.emptied),
    )
    accepted = _accepted(case, seen)
    return Verdict(
        name,
        (*_differences(case, seen), *broken_laws(seen), *_told_persons(case, seen)),
        len(wanted.good),
        len(wanted.good & accepted.keys()),
        len(cells),
        len(cells & found),
        len(found - cells) if wanted.good or wanted.bad else 0,
        "crash: caught by the program itself" if seen.code == "unexpected" else "",
    )


def nothing(name: str, case: Case, accident: str) -> Verdict:
    """The verdict on a case that got no answer."""
    wanted = case.expected
    cells = _cells(wanted.bad.items(), wanted.emptied)
    return Verdict(name, (), len(wanted.good), 0, len(cells), 0, 0, accident)


def _cells(
    bad: Iterable[tuple[Place, frozenset[str]]], emptied: Iterable[Cell]
) -> set[tuple[str, int, str]]:
    """Every place to blame; a row rejected as a whole is a place without a heading."""
    rows = {(*place, heading) for place, headings in bad for heading in headings or ("",)}
    return rows | set(emptied)


def _accepted(case: Case, seen: Observed) -> Counter[Place]:
    if any(sheet == ANY_SHEET for sheet, _ in case.expected.good):
        return Counter({(ANY_SHEET, row): count for (_, row), count in seen.accepted.items()})
    return seen.accepted


def _differences(case: Case, seen: Observed) -> Iterator[str]:
    wanted = case.expected
    if seen.status not in wanted.status.split("|"):
        yield f"状态 {seen.status}（{seen.code}：{seen.message[:60]}），应为 {wanted.status}"
    if wanted.refusal and seen.code not in wanted.refusal:
        yield f"代码 {seen.code}（{seen.message[:60]}），应为 {'/'.join(sorted(wanted.refusal))}"
    for words in wanted.says:
        if words not in seen.message:
            yield f"说明里没有“{words}”：{seen.message[:80]}"
    if wanted.kinds is not None and (seen.kinds or "") != wanted.kinds:
        yield f"报表 {seen.kinds}，应为 {wanted.kinds}"
    yield from _rows_that_differ(case, seen)
    yield from _values_that_differ(case, seen)
    yield from _notices_that_differ(case, seen)
    for sheet, columns in wanted.accounts.items():
        for column, value in columns.items():
            told = seen.accounts.get(sheet, {}).get(column)
            if told != value:
                yield f"{sheet} 的 {column} 是 {told}，应为 {value}"


def _rows_that_differ(case: Case, seen: Observed) -> Iterator[str]:
    wanted = case.expected
    accepted = _accepted(case, seen)
    if wanted.refusal and not wanted.good and not wanted.bad:  # rows of an unread file are unknown
        if accepted:
            yield f"接收了 {_some(accepted)}"
        return
    for title, places in (
        ("没有接收", wanted.good - accepted.keys()),
        ("多接收了", accepted.keys() - wanted.good),
        ("没有拒收", wanted.bad.keys() - seen.rejected.keys()),
        ("多拒收了", seen.rejected.keys() - wanted.bad.keys()),
        ("没有清空", wanted.emptied - seen.emptied),
        ("多清空了", seen.emptied - wanted.emptied),
    ):
        if places:
            yield f"{title} {_some(places)}"
    for place in sorted(wanted.bad.keys() & seen.rejected.keys()):
        if seen.rejected[place] != wanted.bad[place]:
            yield f"{place} 因 {sorted(seen.rejected[place])} 拒收，应因 {sorted(wanted.bad[place])}"
    for place in sorted(wanted.good & accepted.keys()):
        if accepted[place] != wanted.items.get(place, 1):
            yield f"{place} 成为 {accepted[place]} 条，应为 {wanted.items.get(place, 1)} 条"


def _values_that_differ(case: Case, seen: Observed) -> Iterator[str]:
    for (sheet, row, column), value in case.expected.values.items():
        told = seen.values.get((sheet, row), {}).get(column, "（没有这一行）")
        if str(told) != str(value):
            yield f"{sheet} 第{row}行 {column} 是 {told!r}，应为 {value!r}"


def _notices_that_differ(case: Case, seen: Observed) -> Iterator[str]:
    for notice in case.expected.notices:
        said = [
            reason
            for sheet, row, reason in seen.notices
            if sheet == notice.sheet and (notice.row is None or row == notice.row)
        ]
        if notice.row is None:  # what is true of a whole sheet may stand in its account as well
            account = seen.accounts.get(notice.sheet, {})
            said += [account.get("unread") or "", account.get("message") or "", seen.message]
        if not any(notice.words in reason for reason in said):
            yield f"{notice.sheet} 第{notice.row}行没有提示“{notice.words}”"
    if case.expected.quiet and seen.notices:
        yield f"不该有提示：{seen.notices[:SHOWN]}"


def broken_laws(seen: Observed) -> Iterator[str]:
    """What of law 1 does not hold, whatever the file."""
    if not seen.adds_up:
        yield "全文件行数不等于接收、拒收、略过之和"
    both = seen.accepted.keys() & seen.rejected.keys()
    if both:
        yield f"既接收又拒收 {_some(both)}"
    for sheet, row, _ in seen.emptied:
        if (sheet, row) not in seen.accepted:
            yield f"清空的单元格不在接收的行里 {(sheet, row)}"
    for sheet, account in seen.accounts.items():
        yield from _account_breaks(sheet, account, seen)


def _account_breaks(sheet: str, account: object, seen: Observed) -> Iterator[str]:
    counts = dict(account)  # type: ignore[call-overload]
    ignored = sum(counts[name] for name in ("titles", "headings", "totals", "notes", "blanks"))
    if counts["rows_seen"] != counts["rows_accepted"] + counts["rows_rejected"] + ignored:
        yield f"{sheet} 行数 {counts['rows_seen']} 不等于三者之和"
    landed = sum(1 for place in seen.accepted if place[0] == sheet)
    if landed and landed != counts["rows_accepted"]:
        yield f"{sheet} 账上接收 {counts['rows_accepted']} 行，表里有 {landed} 行"
    listed = sum(1 for place in seen.rejected if place[0] == sheet)
    if listed != counts["rows_rejected"]:
        yield f"{sheet} 账上拒收 {counts['rows_rejected']} 行，清单里有 {listed} 行"


def _told_persons(case: Case, seen: Observed) -> Iterator[str]:
    for number, secret in enumerate(case.expected.secrets, 1):
        if secret in seen.everything:
            yield f"第 {number} 项个人信息出现在结果里"


def _some(places: Iterable[object]) -> str:
    ordered = sorted(map(str, places))
    more = f" 等 {len(ordered)} 处" if len(ordered) > SHOWN else ""
    return "、".join(ordered[:SHOWN]) + more

"""六、七、八: typical cases, outlook and advice, where the analyst's own words go.

Each is a slot with a text file beside the issue. Until it is written, drafts made from the
numbers and the month's list of things to watch stand there, marked as drafts; typical cases
have none and print 待补充.
"""

from riskpipe.consultation.chapters.features import (
    ORDINALS,
    SUBJECT_METRICS,
    numbered,
    problems,
    rises,
)
from riskpipe.consultation.desk import Desk, largest, totals_by
from riskpipe.consultation.issue import Chapter, Paragraph, Sentence, Slot, paragraph, say
from riskpipe.consultation.wording import listed
from riskpipe.vocabulary import FOUR_CATEGORIES


def cases(desk: Desk) -> Chapter:  # noqa: ARG001 - chapters have one shape
    """六、典型案例: 1–3 a category, written by the analyst."""
    slot = Slot(
        "cases",
        "六、典型案例.txt",
        "每类选1—3起（件、处），写明时间、地点、经过、处置和教训；不写举报人信息。",
        (),
        (),
    )
    return Chapter("cases", "六、典型案例", (slot,))


def outlook(desk: Desk) -> Chapter:
    """七、形势研判与风险提示: what the coming month brought last year, what rose, what to watch."""
    following = desk.period.next_month_on
    drafts = [*_last_year(desk), *_rising(desk)]
    watch = tuple(desk.outlook["months"][str(following.month)]["watch"])
    drafts.append(Paragraph("", (say(f"{following.month}月请重点关注：{'；'.join(watch)}。"),)))
    slot = Slot(
        "outlook",
        "七、形势研判与风险提示.txt",
        "写明可能性、影响范围、是否需要向上级报告；可在系统草拟内容上修改。",
        tuple(drafts),
        (),
    )
    return Chapter("outlook", "七、形势研判与风险提示", (slot,))


def _last_year(desk: Desk) -> list[Paragraph]:
    """What happened most in the coming month a year ago, where it is known."""
    following = desk.period.next_month_on
    year_ago = following.replace(year=following.year - 1)
    if not desk.has(year_ago):
        return []
    said: list[Sentence] = []
    basis = f"{year_ago.year}年{year_ago.month}月"
    for subject in ("突发事件", "举报"):
        rows = [
            row
            for row in desk.rows("categories", subject=subject, month_on=year_ago)
            if row["category"] in FOUR_CATEGORIES and row["subcategory"] not in ("其他", "未细分")
        ]
        top = largest(totals_by(rows, "subcategory", "count"), 3)
        metric = SUBJECT_METRICS[subject]
        told = listed(
            [[name, desk.count(metric, n, basis, name), desk.metrics[metric].unit]
             for name, n in top]
        )  # fmt: skip
        if top:
            said.append(say(f"上年{year_ago.month}月{subject}较多的是", told, "。"))
    return [paragraph(*said)] if said else []


def _rising(desk: Desk) -> list[Paragraph]:
    names = "、".join(dict.fromkeys(f"{rise.name}（{rise.subject}）" for rise in rises(desk)[:3]))
    return [paragraph(say(f"本月上升较明显的{names}，请继续关注。"))] if names else []


def advice(desk: Desk) -> Chapter:
    """八、工作建议: one demand for each problem found, then the usual month's work."""
    drafts = numbered([*_demands(desk)], "请各单位按职责继续做好隐患排查治理和信息报送工作。")
    slot = Slot(
        "advice",
        "八、工作建议.txt",
        "写明做什么、谁牵头、何时完成；需列入督办的写明时限。",
        tuple(drafts),
        (),
    )
    return Chapter("advice", "八、工作建议", (slot,))


def _demands(desk: Desk) -> list[Sentence]:
    """Advice drafted from the problems, in the order the problems stand."""
    text = " ".join(problem.text for problem in problems(desk))
    known = (
        ("逾期未整改，累计", "督促逾期未整改隐患的责任单位限期整改，逾期清单（附表6）逐项明确责任人和完成时限。"),
        ("在册重大事故隐患中", "对在册重大事故隐患逐处落实措施、资金、责任、时限、预案，逾期的按规定挂牌督办。"),
        ("恰为整改期限", "对整改完成日期恰为期限的隐患抽查复核，以复查记录和影像为准。"),
        ("未能归类", "受理环节写清对象、地点和事项，便于归类和核查。"),
        ("报送不够及时", "未报、迟报单位按应报表补报；没有数据的明确报零。"),
        ("前后矛盾", "对登记内容前后矛盾的，由填报单位核对原始材料后以更正单更正。"),
    )  # fmt: skip
    return [say(demand) for sign, demand in known if sign in text][: len(ORDINALS)]

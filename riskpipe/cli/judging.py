"""Commands about the classifier: classify one text, evaluate a labelled file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import say
from riskpipe.cli.options import Raw, office_of

if TYPE_CHECKING:
    from riskpipe.classification import Classifier, Evaluation, Explanation, Reason
    from riskpipe.classification.evaluation import Prediction, Scores
    from riskpipe.rules import Rules

PRIOR = "tipoffs"
SHOWN = 12
"""Reasons shown a side; the rest is told as a number."""

WORST = 10
"""Errors shown, those the classifier was surest of."""


def classify(
    text: Annotated[str, typer.Argument(help="一段反映内容", metavar="文字")],
    title: Annotated[str, typer.Option(help="标题（可不填）", metavar="文字")] = "",
    source: Annotated[
        str, typer.Option(help="来源（先验表 priors.csv 的一行）", metavar="来源")
    ] = PRIOR,
    raw: Raw = None,
) -> None:
    """判断一段文字属于哪类突发事件，并列出正反两面的依据。"""
    from riskpipe.classification import Classifier, explain

    answer = explain(Classifier.load(_rules(raw)), title, text, source)
    for line in _told(answer):
        say(line)


def evaluate(
    file: Annotated[Path, typer.Argument(help="已标注的 JSONL 文件", metavar="文件")],
    out: Annotated[
        Path | None, typer.Option("--out", help="逐条预测写到哪里（JSONL）", metavar="文件")
    ] = None,
    halves: Annotated[bool, typer.Option("--halves", help="奇数行、偶数行另行计分")] = False,
    by_mechanism: Annotated[
        bool, typer.Option("--ablation", help="逐项去掉判断机制，看各自的作用")
    ] = False,
    raw: Raw = None,
) -> None:
    """用已标注的文件检验归类：查准率、查全率、F1、混淆表、把握最大的错判。"""
    from riskpipe.classification import Classifier, labelled, score, write_predictions

    rows, rules = labelled(file), _rules(raw)
    classifier = Classifier.load(rules)
    result = score(rows, classifier)
    _print(result)
    if halves:
        _print_halves(rows, classifier)
    if by_mechanism:
        _print_ablation(rows, rules)
    if out:
        write_predictions(out, result)
        say(f"逐条预测：{out}")


def _rules(raw: Path | None) -> "Rules":
    from riskpipe.rules import Rules

    return Rules(office_of(raw, None, None).settings.rules_folder)


def _told(answer: "Explanation") -> list[str]:
    """The answer and what spoke for it and for the next, the weightiest first."""
    kind = f" / {answer.subcategory}" if answer.subcategory else ""
    lines = [f"{answer.category}{kind}（把握 {answer.margin:.2f}）"]
    if answer.category != answer.front_runner:
        lines.append(f"  “{answer.front_runner}”与“{answer.runner_up}”难分高下，请人工复核。")
    lines.append(
        "得分：" + "、".join(f"{name} {points:.1f}" for name, points in answer.scores.items())
    )
    if answer.also:
        lines.append(f"兼及：{answer.also}")
    for side, category in (("依据", answer.front_runner), ("反面依据", answer.runner_up)):
        reasons = answer.speaking_for(category)
        lines.append(f"{side}（{category}）：" + ("" if reasons else "无"))
        lines += [f"  {_reason(reason)}" for reason in reasons[:SHOWN]]
        if len(reasons) > SHOWN:
            lines.append(f"  另有 {len(reasons) - SHOWN} 项")
    return [*lines, f"规则版本 {answer.rule_version}"]


def _reason(reason: "Reason") -> str:
    where = "，".join(part for part in (reason.rule_id, reason.place, reason.context) if part)
    note = f"：{reason.reason}" if reason.reason else ""
    return f"{reason.points:+.2f} {reason.name}（{where}）{note}"


def _print(result: "Evaluation") -> None:
    say(f"共 {result.rows} 条，{_summary(result)}，规则版本 {result.rule_version}")
    say("类别\t标注数\t查准率\t查全率\tF1")
    for slug, scores in result.by_category.items():
        say(_scores_line(slug, scores))
    say(f"判断或可辩护的答案相符 {result.defensible:.3f}")
    say("混淆（标注→判断）：")
    for (expected, label), count in sorted(result.confusion.items()):
        say(f"  {expected} → {label}：{count}")
    errors = result.worst(WORST)
    if errors:
        say(f"把握最大的错判（{len(errors)} 条）：")
    for row in errors:
        say(_error_line(row))


def _summary(result: "Evaluation") -> str:
    return (
        f"四类宏平均 F1 {result.macro_f1:.3f}，误报（非突发事件判为四类）"
        f"{result.false_alarms:.3f}，未分类 {result.abstained:.3f}"
    )


def _scores_line(slug: str, scores: "Scores") -> str:
    return (
        f"{slug}\t{scores.labelled}\t{scores.precision:.3f}\t{scores.recall:.3f}\t{scores.f1:.3f}"
    )


def _error_line(row: "Prediction") -> str:
    return (
        f"  {row.id} 标注 {row.expected}，判为 {row.label}，把握 {row.margin:.2f}；"
        f"依据 {row.evidence or '无'}；{row.runner_up}一面 {row.against or '无'}"
    )


def _print_halves(rows: list[dict[str, object]], classifier: "Classifier") -> None:
    from riskpipe.classification import score

    for name, half in (("奇数行", rows[0::2]), ("偶数行", rows[1::2])):
        say(f"{name} {len(half)} 条，{_summary(score(half, classifier))}")


def _print_ablation(rows: list[dict[str, object]], rules: "Rules") -> None:
    from riskpipe.classification import ablation

    say("机制\t逐项加上：F1 误报 未分类\t只去掉它：F1 误报 未分类")
    for title, grown, without in ablation(rows, rules):
        say("\t".join([title, *(_figures(one) for one in (grown, without))]))


def _figures(result: "Evaluation") -> str:
    return f"{result.macro_f1:.3f} {result.false_alarms:.3f} {result.abstained:.3f}"

"""Commands about the classifier: classify one text, evaluate a labelled file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from riskpipe.cli.console import say
from riskpipe.cli.options import Raw, office_of

if TYPE_CHECKING:
    from riskpipe.classification import Classifier, Evaluation
    from riskpipe.classification.evaluation import Scores

PRIOR = "tipoffs"


def classify(
    text: Annotated[str, typer.Argument(help="一段反映内容", metavar="文字")],
    title: Annotated[str, typer.Option(help="标题（可不填）", metavar="文字")] = "",
    raw: Raw = None,
) -> None:
    """判断一段文字属于哪类突发事件，并列出依据。"""
    from riskpipe.classification import explain

    answer = explain(_classifier(raw), title, text, PRIOR)
    kind = f" / {answer.subcategory}" if answer.subcategory else ""
    say(f"{answer.category}{kind}（把握 {answer.margin:.2f}，次选 {answer.runner_up}）")
    for reason in answer.reasons:
        place = f"，{reason.place}" if reason.place else ""
        note = f"，{reason.reason}" if reason.reason else ""
        say(
            f"  {reason.name}（{reason.rule_id}{place}）{reason.category} {reason.points:+.2f}{note}"
        )
    say(f"规则版本 {answer.rule_version}")


def evaluate(
    file: Annotated[Path, typer.Argument(help="已标注的 JSONL 文件", metavar="文件")],
    out: Annotated[
        Path | None, typer.Option("--out", help="逐条预测写到哪里（JSONL）", metavar="文件")
    ] = None,
    raw: Raw = None,
) -> None:
    """用已标注的文件检验归类：查准率、查全率、F1、混淆表。"""
    from riskpipe.classification import evaluate as evaluated
    from riskpipe.classification import write_predictions

    result = evaluated(file, _classifier(raw))
    _print(result)
    if out:
        write_predictions(out, result)
        say(f"逐条预测：{out}")


def _classifier(raw: Path | None) -> "Classifier":
    from riskpipe.classification import Classifier
    from riskpipe.rules import Rules

    return Classifier.load(Rules(office_of(raw, None, None).settings.rules_folder))


def _print(result: "Evaluation") -> None:
    say(f"共 {result.rows} 条，宏平均 F1 {result.macro_f1:.3f}，规则版本 {result.rule_version}")
    say("类别\t标注数\t查准率\t查全率\tF1")
    for slug, scores in result.by_category.items():
        say(_scores_line(slug, scores))
    say(
        f"误报（非突发事件判为四类）{result.false_alarms:.3f}，未分类 {result.abstained:.3f}，"
        f"可辩护 {result.defensible:.3f}"
    )
    say("混淆（标注→判断）：")
    for (expected, label), count in sorted(result.confusion.items()):
        if expected != label:
            say(f"  {expected} → {label}：{count}")


def _scores_line(slug: str, scores: "Scores") -> str:
    return (
        f"{slug}\t{scores.labelled}\t{scores.precision:.3f}\t{scores.recall:.3f}\t{scores.f1:.3f}"
    )

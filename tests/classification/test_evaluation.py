"""Scoring against labels: figures counted by hand, and every way a file can be wrong."""

import json

import pytest

from riskpipe.classification import EvaluationError, evaluate, write_predictions

ROWS = [
    ("a", "服装仓库起火", "accident", []),
    ("b", "工地脚手架倒塌", "accident", []),
    ("c", "物业费太贵", "accident", ["none"]),
    ("d", "山体滑坡堵了村道", "natural", []),
    ("e", "楼道飞线充电着火", "none", ["accident"]),
    ("f", "物业费涨价", "none", []),
    ("g", "咨询社保怎么办理", "none", []),
    ("h", "食堂多名学生腹泻", "public_health", []),
    ("i", "聚众赌博", "public_health", []),
]


@pytest.fixture
def labelled(tmp_path):
    def write(lines):
        path = tmp_path / "labelled.jsonl"
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write


def test_figures_are_those_counted_by_hand(labelled, classifier):
    lines = [
        json.dumps({"id": key, "title": text, "text": text, "label4": label, "also": also})
        for key, text, label, also in ROWS
    ]
    told = evaluate(labelled([lines[0], "", *lines[1:]]), classifier)
    # accident: said a b e, labelled a b c; natural: d; health: said h, labelled h i;
    # social: said i, labelled none at all.
    assert told.rows == 9
    accident = told.by_category["accident"]
    assert (accident.precision, accident.recall, accident.labelled) == (2 / 3, 2 / 3, 3)
    assert accident.f1 == pytest.approx(2 / 3)
    assert told.by_category["natural"].f1 == 1.0
    assert told.by_category["public_health"].f1 == pytest.approx(2 / 3)
    assert told.by_category["social_security"].f1 == 0.0
    assert told.macro_f1 == pytest.approx((2 / 3 + 1 + 2 / 3 + 0) / 4)
    assert told.false_alarms == pytest.approx(1 / 3)
    assert told.abstained == 0.0
    assert told.defensible == pytest.approx(8 / 9)
    assert told.confusion["public_health", "social_security"] == 1
    assert {row.id for row in told.worst(9)} == {"c", "e", "i"}
    assert len(told.worst(2)) == 2


def test_predictions_are_one_object_a_line(labelled, classifier, tmp_path):
    line = json.dumps({"id": "甲", "title": "仓库起火", "text": "", "label4": "accident"})
    out = tmp_path / "pred.jsonl"
    write_predictions(out, evaluate(labelled([line]), classifier))
    (only,) = [json.loads(text) for text in out.read_text(encoding="utf-8").splitlines()]
    assert (only["id"], only["label"], only["subcategory"]) == ("甲", "accident", "火灾")
    assert 0 < only["margin"] <= 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "第 2 行不是有效的 JSON"),
        ("[1]", "第 2 行应是一个 JSON 对象"),
        ('{"id": "b", "title": "", "text": ""}', "第 2 行缺少文字字段 label4"),
        ('{"id": 7, "title": "", "text": "", "label4": "none"}', "第 2 行缺少文字字段 id"),
        ('{"id": "b", "title": "", "text": "", "label4": "fire"}', "第 2 行的标签不在"),
        (
            '{"id": "b", "title": "", "text": "", "label4": "none", "also": "x"}',
            "第 2 行的 also 应是标签的列表",
        ),
    ],
)
def test_a_bad_line_is_named_and_its_text_is_not(labelled, classifier, line, said):
    good = json.dumps({"id": "a", "title": "", "text": "机密内容", "label4": "none"})
    with pytest.raises(EvaluationError, match=said) as error:
        evaluate(labelled([good, line]), classifier)
    assert "机密" not in str(error.value)


def test_a_file_that_cannot_be_read_is_a_plain_sentence(labelled, classifier, tmp_path):
    with pytest.raises(EvaluationError, match=r"打不开文件 missing\.jsonl"):
        evaluate(tmp_path / "missing.jsonl", classifier)
    with pytest.raises(EvaluationError, match="没有数据"):
        evaluate(labelled([]), classifier)
    path = tmp_path / "latin.jsonl"
    path.write_bytes("起火".encode("gb18030"))
    with pytest.raises(EvaluationError, match="不是 UTF-8"):
        evaluate(path, classifier)

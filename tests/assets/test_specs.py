"""Every asset of the graph as one readable line, reviewed as a diff.

After a wanted change: `python -m tests.assets.test_specs` writes specs.txt anew.
"""

from pathlib import Path

import dagster as dg

from assets import defs

SPECS = Path(__file__).with_name("specs.txt")


def described() -> str:
    """`group key <- dependencies`, then its checks, one line an asset, by group and key."""
    graph = defs.resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys(), key=lambda k: k.path):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys))
        month = " [month]" if node.partitions_def else ""
        lines.append(f"{node.group_name} {key.to_user_string()}{month} <- {parents or '-'}")
    for check in sorted(graph.asset_check_keys, key=lambda k: (k.asset_key.path, k.name)):
        lines.append(f"check {check.asset_key.to_user_string()} {check.name}")
    return "\n".join(lines) + "\n"


def test_the_graph_is_the_one_on_record() -> None:
    assert described() == SPECS.read_text("utf-8")


def test_every_asset_speaks_chinese_to_its_reader_and_ascii_to_dagster() -> None:
    for spec in defs.resolve_all_asset_specs():
        assert any("一" <= letter <= "鿿" for letter in spec.description), spec.key
        assert "/".join(spec.key.path).isascii()
        assert spec.group_name.isascii()
        assert spec.owners == ["team:emergency_office"]
        assert spec.kinds, spec.key


def test_every_table_shows_its_columns() -> None:
    without = [
        spec.key
        for spec in defs.resolve_all_asset_specs()
        if not isinstance(spec.metadata.get("dagster/column_schema"), dg.TableSchema)
    ]
    assert sorted(key.to_user_string() for key in without) == ["consultation/issue", "publish/risk"]


if __name__ == "__main__":
    SPECS.write_text(described(), "utf-8")

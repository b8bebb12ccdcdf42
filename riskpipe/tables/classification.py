"""The rule tables of classification that SQL joins: the taxonomy, one row a printed cell.

The rows are riskpipe/classification/taxonomy.csv, the one place where sub-categories, their
order and official codes stand; the closed list of words is vocabulary.py. Answers of the
classifier do not belong here: they are landed beside the text they judge (delivered.py).
"""

from riskpipe import vocabulary as v
from riskpipe.tables.base import Day, Flag, Table, Text, Whole, column


class Taxonomy(Table, key="rules/taxonomy"):
    """大类与种类：报表所列的格子、次序、官方编码和依据的预案。"""

    slug: Text = column("标识", "内部标识，不随编码变", nullable=False, unique=True)
    category: Text = column("突发事件类别", "", codes=tuple(v.Category), nullable=False)
    subcategory: Text = column("事件种类", "“未细分”只定到类", nullable=False)
    category_order: Whole = column("类别次序", "", nullable=False)
    subcategory_order: Whole = column("种类次序", "", nullable=False)
    code: Text = column("编码", "GB/T 35561 的编码；没有核实的不进报表")
    is_verified: Flag = column("编码已核实", "对照国标原文核实过", nullable=False)
    valid_from_on: Day = column("施行日", "所依据预案的印发日", nullable=False)
    valid_to_on: Day = column("废止日", "仍有效为空")
    source: Text = column("依据", "", nullable=False)
    mark: Text = column("核实", "V 见于公开文本，M 凭记忆待核", nullable=False)
    note: Text = column("备注", "")

"""The laws as asset checks on the published file; each asks riskpipe and keeps counts only.

Row conservation is checked where it arises (assets/intake.py) and blocks the run. A check of
single rows belongs to the table's model, not here. A new law: a function in
riskpipe/walk/laws.py and a line in LAWS.
"""

from collections.abc import Iterator

import dagster as dg

from assets.cards import told_plainly
from assets.office import OfficeResource
from assets.publishing import KEY as PUBLISHED
from riskpipe.walk.laws import open_reporters, out_of_date, repeated_keys, uncounted_records

LAWS = {
    "keys_unique": (repeated_keys, "各表的唯一列没有重复"),
    "pseudonyms_only": (open_reporters, "举报人列中只有代号"),
    "chain_up_to_date": (out_of_date, "各表的指纹与其来源、规则相符"),
    "records_counted_once": (uncounted_records, "登记表行数＝现行版本数"),
}


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(name, asset=PUBLISHED, description=description)
        for name, (_, description) in LAWS.items()
    ],
    name="laws",
)
def laws(office: OfficeResource) -> Iterator[dg.AssetCheckResult]:
    """Ask every law of the tables that were just published."""
    for name, (ask, _) in LAWS.items():
        with told_plainly():
            broken = ask(office.bench())
        counts = broken if isinstance(broken, dict) else dict.fromkeys(broken, 1)
        yield dg.AssetCheckResult(
            passed=not broken, check_name=name, asset_key=dg.AssetKey(PUBLISHED), metadata=counts
        )


checks = [laws]

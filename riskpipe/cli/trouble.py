"""What a user sees when something goes wrong: one Chinese line, an exit code, never a traceback.

For an error riskpipe did not foresee, classes and places (no values) go into a technical log
in the warehouse, which can be sent to whoever maintains the program.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from riskpipe.cli.console import warn

_log_folder: list[Path] = []


def log_under(warehouse: Path) -> None:
    """Keep the technical log in this warehouse."""
    _log_folder[:] = [warehouse / "logs"]


def report(error: BaseException) -> int:
    """Print one line for an error; its exit code."""
    from riskpipe.walk.trouble import trouble_of

    trouble = trouble_of(error)
    warn(f"错误：{trouble.message}")
    if trouble.trace and (kept := _keep(trouble.trace)):
        warn(f"技术日志：{kept}（不含业务数据，可交维护人员）。")
    return int(trouble.code)


def _keep(trace: Sequence[str]) -> Path | None:
    """Write down class and frames; None when there is nowhere to write."""
    if not _log_folder:
        return None
    path = _log_folder[0] / "riskpipe.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            now = datetime.now().isoformat(" ", "seconds")
            log.write("\n".join([now, *trace]) + "\n")
    except OSError:
        return None
    return path

"""The command doctor: is this machine fit to run riskpipe, and if not, what to do."""

import importlib.metadata
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from packaging.requirements import Requirement

from riskpipe.cli.console import say
from riskpipe.cli.options import Raw, WarehouseFolder, office_of

if TYPE_CHECKING:
    from riskpipe.walk.office import Office

LOCK = Path(__file__).parents[2] / "requirements.txt"
PINNED = re.compile(r"^[A-Za-z0-9._-]+(\[[^\]]*\])?==")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "msedge", "firefox")
FREE_GB = 5


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine or not, what was seen, and what to do when it is not."""

    name: str
    is_fine: bool
    is_needed: bool
    seen: str
    advice: str


def doctor(raw: Raw = None, warehouse: WarehouseFolder = None) -> None:
    """检查本机环境：Python、依赖、磁盘、字体、浏览器、密钥、时钟、读写权限。"""
    findings = list(_findings(office_of(raw, warehouse, None)))
    for finding in findings:
        mark = "正常" if finding.is_fine else ("异常" if finding.is_needed else "提示")
        advice = "" if finding.is_fine else f"。{finding.advice}"
        say(f"[{mark}] {finding.name}：{finding.seen}{advice}")
    if any(finding.is_needed and not finding.is_fine for finding in findings):
        raise typer.Exit(4)
    say("可以运行。")


def _findings(office: "Office") -> Iterator[Finding]:
    settings = office.settings
    yield _python()
    yield _packages()
    yield _disk(settings.warehouse)
    yield _writable("报送目录", settings.raw)
    yield _writable("数据仓目录", settings.warehouse)
    yield _key(settings.key_file.expanduser())
    yield _clock(office)
    yield _fonts()
    yield _browser()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), True, version, "需要 3.11 或更高版本。")


def _packages() -> Finding:
    """Installed versions against the lock; an installation without a lock cannot be compared."""
    if not LOCK.exists():
        return Finding("依赖包", True, False, "未找到锁定文件，未核对", "")
    odd = [name for name, wanted in _locked() if _installed(name) not in ("", wanted)]
    advice = "请重新运行 make env，或 pip install -r requirements.txt。"
    seen = f"与锁定版本不同：{'、'.join(odd[:5])}" if odd else "与锁定版本一致"
    return Finding("依赖包", not odd, False, seen, advice)


def _locked() -> Iterator[tuple[str, str]]:
    for line in LOCK.read_text("utf-8").splitlines():
        if PINNED.match(line):
            pin = Requirement(line.rstrip(" \\"))
            if pin.marker is None or pin.marker.evaluate():
                yield pin.name, next(iter(pin.specifier)).version


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""  # a package of another platform or extra


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_standing(folder)).free / 2**30
    advice = f"建议至少留 {FREE_GB} GB：清理磁盘，或用 --warehouse 换一个盘。"
    return Finding("磁盘空间", free >= FREE_GB, True, f"剩余 {free:.1f} GB", advice)


def _writable(name: str, folder: Path) -> Finding:
    is_fine = os.access(_standing(folder), os.W_OK | os.X_OK)
    return Finding(name, is_fine, True, str(folder), "没有写权限：请改权限或换目录。")


def _standing(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    folder = folder.resolve()
    return next(path for path in (folder, *folder.parents) if path.exists())


def _key(key_file: Path) -> Finding:
    if os.environ.get("RISKPIPE_KEY"):
        return Finding("密钥", True, True, "取自环境变量 RISKPIPE_KEY", "")
    if not key_file.exists():
        return Finding("密钥", True, True, f"{key_file} 尚未建立，首次运行时自动生成", "")
    mode = stat.S_IMODE(key_file.stat().st_mode)
    is_private = os.name != "posix" or not mode & 0o077
    advice = f"其他人也能读到密钥：请运行 chmod 600 {key_file}。"
    return Finding("密钥", is_private, True, f"{key_file}（权限 {mode:o}）", advice)


def _clock(office: "Office") -> Finding:
    """A clock behind the newest delivery means wrong schedules; the tables do not read it."""
    from riskpipe.walk.office import DELIVERIES

    today = date.today()
    received = office.warehouse.table_path(DELIVERIES).exists()
    newest = office.delivered_days()[1] if received else today
    seen = f"今天是 {today}" + (f"，最近报送 {newest}" if newest > today else "")
    return Finding("系统时钟", newest <= today, False, seen, "时钟可能不准：请校准系统时间。")


def _fonts() -> Finding:
    """Pages name Chinese fonts; where none is installed (servers) pictures would show boxes."""
    folders = [Path("/usr/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    names = re.compile(r"wqy|noto.*cjk|sourcehan|simhei|simsun|msyh|fangsong", re.IGNORECASE)
    is_fine = (
        os.name != "posix"
        or sys.platform == "darwin"
        or any(
            names.search(path.name)
            for folder in folders
            if folder.exists()
            for path in folder.rglob("*")
        )
    )
    seen = "已安装中文字体" if is_fine else "未找到中文字体"
    return Finding("字体", is_fine, False, seen, "截图或打印报告前请安装，如 fonts-noto-cjk。")


def _browser() -> Finding:
    found = next((name for name in BROWSERS if shutil.which(name)), "")
    is_fine = bool(found) or os.name != "posix" or sys.platform == "darwin"
    seen = found or ("系统自带" if is_fine else "未找到")
    return Finding("浏览器", is_fine, False, seen, "报告可拷到有浏览器的电脑上打开。")

"""The page: the issue printed as one HTML file that reads offline, on a phone and on A4.

An Issue goes in, text of `index.html` comes out; nothing is computed but marks and hashes.
Everything is escaped. The page may run two scripts only: the Plotly file beside it and the
one inline script whose hash stands in its content security policy; it can ask nothing of
any network. Without scripts every sentence and table still reads.
"""

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import jinja2
import plotly
from markupsafe import Markup

from riskpipe.consultation.drawing import config, drawn
from riskpipe.consultation.issue import Chart, Issue, Number, number_ids

PAGE: Final = Path(__file__).parent / "page"
MARKS: Final = {
    "已报": ("●", "ok"),
    "零报告": ("○", "zero"),
    "迟报": ("△", "late"),
    "未报": ("✕", "none"),
    "未到期": ("…", "due"),
}
"""Reporting states as signs that survive a black-and-white print."""


def library() -> tuple[str, bytes]:
    """Name and content of the one shared script, Plotly as the Python package brings it."""
    source = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return f"plotly-{plotly.__version__}.min.js", source.read_bytes()


def page_beside(issue: Issue, script_address: str) -> str:
    """The page that loads the shared script from `script_address`, relative to itself."""
    tag = Markup('<script src="{}"></script>').format(script_address)
    return _page(issue, tag, "'self'")


def page_alone(issue: Issue) -> str:
    """The same page with the script inside it, one file to hand on (about 5 MB)."""
    script = library()[1].decode("utf-8").replace("</script", "<\\/script")
    tag = Markup("<script>{}</script>").format(Markup(script))  # noqa: S704 - package's own file
    return _page(issue, tag, _hash_of(script))


def _page(issue: Issue, library_tag: Markup, library_source: str) -> str:
    drawing = (PAGE / "draw.js").read_text("utf-8")
    ids = number_ids(issue)
    policy = (
        f"default-src 'none'; script-src {library_source} {_hash_of(drawing)}; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return _template().render(
        issue=issue,
        policy=policy,
        styles=Markup((PAGE / "page.css").read_text("utf-8")),  # noqa: S704 - own file
        drawing=Markup(drawing),  # noqa: S704 - own file
        library=library_tag,
        figures=_figures(issue),
        definitions={metric.id: metric for metric in issue.metrics},
        metric_ids=[metric.id for metric in issue.metrics],
        marks=MARKS,
        ids=lambda number: ids[id(number)],
        told=_told(issue),
        kind_of=lambda block: type(block).__name__.lower(),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")


def _figures(issue: Issue) -> Markup:
    charts = [b for chapter in issue.chapters for b in chapter.blocks if isinstance(b, Chart)]
    held: dict[str, Any] = {
        "config": config(),
        "figures": {f"plot-{chart.id}": drawn(chart) for chart in charts},
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    # A data block ends at the first "</script", so no "<" may stand in it as itself.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped in the line above


def _told(issue: Issue) -> Any:
    """What a number says when pointed at: metric, parts, period, as-of day."""
    titles = {metric.id: metric.title for metric in issue.metrics}

    def told(number: Number) -> str:
        parts = [titles[number.metric], *number.scope]
        if number.denominator is not None:
            parts.append(f"{number.numerator}÷{number.denominator}")
        return "｜".join([*parts, number.basis])

    return told


def _hash_of(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

"""Every figure of the page, through one function: `drawn` turns a Chart into Plotly JSON.

Numbers are taken as they stand in the chart, nothing is summed or rounded here. Colours are
told apart by lightness and by pattern as well as by hue, so that a black-and-white print and
a colour-blind reader lose nothing. The settings that keep a page offline (no upload, no logo,
own words for the tool bar) stand here once. No maps: they would ask the internet.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from riskpipe.consultation.issue import Chart, Number, Series

FONTS = (
    '"PingFang SC", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", '
    '"WenQuanYi Zen Hei", sans-serif'
)
INK, QUIET, GRID = "#222222", "#6b7280", "#e5e7eb"
FILLS = ("#1f4e79", "#e3a33b", "#5aa9a0", "#7a5195", "#9aa3ad", "#8c564b")
"""Dark blue, ochre, teal, violet, grey, brown: lightness 32, 72, 65, 42, 67, 43."""
PATTERNS = ("", "/", ".", "x", "\\", "-")
LATE = {"line_color": "#7f1d1d", "fill": "#b3261e", "pattern": "x"}
BAR_HEIGHT = 26
_SHORT = 3
"""Labels up to this long (`10月`) stand upright side by side on a phone."""


def config() -> dict[str, Any]:
    """Plotly's settings for every figure: nothing leaves the page, words are Chinese."""
    words = json.loads((Path(__file__).parent / "page" / "zh-CN.json").read_text("utf-8"))
    return {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displaylogo": False,
        "responsive": True,
        "locale": "zh-CN",
        "locales": {"zh-CN": words},
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2},
    }


def drawn(chart: Chart) -> dict[str, Any]:
    """A figure as Plotly's `data` and `layout`. Raises KeyError on an unknown kind of chart."""
    figure = go.Figure(layout=_layout())
    _KINDS[chart.kind](figure, chart)
    return dict(json.loads(figure.to_json()))


def _layout() -> go.Layout:
    axis = {
        "gridcolor": GRID,
        "linecolor": QUIET,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"size": 12},
    }
    return go.Layout(
        template="none",
        font={"family": FONTS, "size": 13, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        height=340,
        autosize=True,
        xaxis=axis,
        yaxis={**axis, "rangemode": "tozero", "separatethousands": False, "tickformat": "d"},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": 12},
            "traceorder": "normal",
        },
        hoverlabel={"font": {"family": FONTS}},
        separators=".",
        dragmode=False,
        modebar={"bgcolor": "rgba(0,0,0,0)", "color": "#b6bcc4", "activecolor": "#c8161d"},
        bargap=0.32,
    )


def _values(series: Series) -> list[float | None]:
    return [None if number is None else _plotted(number) for number in series.values]


def _plotted(number: Number) -> float | None:
    if number.value is None:
        return None
    return number.value if isinstance(number.value, int) else float(number.value)


def _texts(series: Series) -> list[str]:
    return ["" if number is None else number.text for number in series.values]


def _marker(at: int, name: str) -> dict[str, Any]:
    fill, pattern = FILLS[at % len(FILLS)], PATTERNS[at % len(PATTERNS)]
    if "逾期未" in name or "已过期限" in name:
        fill, pattern = LATE["fill"], LATE["pattern"]
    return {
        "color": fill,
        "line": {"color": "#ffffff", "width": 0.8},
        "pattern": {
            "shape": pattern,
            "fillmode": "overlay",
            "fgcolor": "#ffffff",
            "fgopacity": 0.75,
            "size": 6,
            "solidity": 0.25,
        },
    }


def _columns(figure: go.Figure, chart: Chart) -> None:
    """This year's columns, last year's line."""
    now, before = chart.series
    figure.add_bar(
        x=chart.labels, y=_values(now), name=now.name, marker=_marker(0, now.name),
        text=_texts(now), textposition="inside", insidetextanchor="start", textangle=0,
        textfont={"size": 11, "color": "#ffffff"},
    )  # fmt: skip
    figure.update_layout(uniformtext={"minsize": 9, "mode": "hide"})
    figure.add_scatter(
        x=chart.labels, y=_values(before), name=before.name, mode="lines+markers",
        line={"color": "#b45f06", "width": 2, "dash": "dot"},
        marker={"size": 7, "symbol": "diamond-open"},
    )  # fmt: skip
    figure.update_xaxes(showgrid=False, tickangle=0, tickfont={"size": 11})


def _stacked(figure: go.Figure, chart: Chart) -> None:
    for at, series in enumerate(chart.series):
        figure.add_bar(
            x=chart.labels, y=_values(series), name=series.name, marker=_marker(at, series.name)
        )
    figure.update_layout(barmode="stack")
    slant = 0 if all(len(label) <= _SHORT for label in chart.labels) else -35
    figure.update_xaxes(showgrid=False, tickangle=slant, tickfont={"size": 11})


def _bars(figure: go.Figure, chart: Chart) -> None:
    """Horizontal bars, the first on top, numbers at their ends."""
    for at, series in enumerate(chart.series):
        figure.add_bar(
            y=chart.labels, x=_values(series), name=series.name, orientation="h",
            marker=_marker(at, series.name), text=_texts(series), textposition="outside",
            cliponaxis=False,
        )  # fmt: skip
    top = max((value or 0 for series in chart.series for value in _values(series)), default=0)
    figure.update_xaxes(range=[0, top * 1.15 or 1], tickformat="d")
    _upside_down(figure, chart, 40)
    figure.update_layout(showlegend=False, margin={"t": 8})


def _street_bars(figure: go.Figure, chart: Chart) -> None:
    for at, series in enumerate(chart.series):
        figure.add_bar(
            y=chart.labels, x=_values(series), name=series.name, orientation="h",
            marker=_marker(at, series.name),
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(tickformat="d", rangemode="tozero")
    _upside_down(figure, chart, BAR_HEIGHT)


def _upside_down(figure: go.Figure, chart: Chart, each: int) -> None:
    figure.update_yaxes(autorange="reversed", tickformat="", type="category", rangemode="normal")
    figure.update_layout(height=110 + each * max(3, len(chart.labels)))


def _pareto(figure: go.Figure, chart: Chart) -> None:
    """Bars from most to least, the running share as a line on the upper axis.

    Lying bars, because the names of kinds are long and a phone is narrow.
    """
    counts, running = chart.series
    figure.add_bar(
        y=chart.labels, x=_values(counts), name=counts.name, orientation="h",
        marker=_marker(0, counts.name), text=_texts(counts), textposition="outside",
        cliponaxis=False, textfont={"size": 11},
    )  # fmt: skip
    figure.add_scatter(
        y=chart.labels, x=_values(running), name=running.name, mode="lines+markers", xaxis="x2",
        line={"color": "#b45f06", "width": 2}, marker={"size": 6, "symbol": "diamond-open"},
    )  # fmt: skip
    top = max((value or 0 for value in _values(counts)), default=0)
    figure.update_xaxes(range=[0, top * 1.2 or 1], tickformat="d")
    _upside_down(figure, chart, BAR_HEIGHT)
    figure.update_layout(
        margin={"t": 64},
        legend={"y": 1, "yref": "container", "yanchor": "top"},
        xaxis2={
            "overlaying": "x", "side": "top", "range": [0, 105], "ticksuffix": "%",
            "showgrid": False, "fixedrange": True, "tickfont": {"size": 12}, "dtick": 25,
        },
    )  # fmt: skip


def _heat(figure: go.Figure, chart: Chart) -> None:
    """Labels go down, series across: many streets by few categories fit a phone."""
    figure.add_heatmap(
        x=[series.name for series in chart.series],
        y=chart.labels,
        z=[list(row) for row in zip(*map(_values, chart.series), strict=True)],
        text=[list(row) for row in zip(*map(_texts, chart.series), strict=True)],
        texttemplate="%{text}",
        colorscale=[[0, "#f7fafc"], [0.5, "#9fc1dd"], [1, "#1f4e79"]],
        showscale=False,
        xgap=2,
        ygap=2,
        hovertemplate=f"%{{y}}　%{{x}}：%{{text}}{chart.unit}<extra></extra>",
    )
    _upside_down(figure, chart, BAR_HEIGHT)
    figure.update_yaxes(showgrid=False)
    figure.update_xaxes(
        type="category", side="top", showgrid=False, tickangle=0, tickfont={"size": 10}
    )
    figure.update_layout(margin={"t": 56})


_KINDS: Mapping[str, Callable[[go.Figure, Chart], None]] = {
    "columns": _columns,
    "stacked": _stacked,
    "bars": _bars,
    "street-bars": _street_bars,
    "pareto": _pareto,
    "heat": _heat,
}

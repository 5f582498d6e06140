"""Charts as values: frame in, Plotly figure out. No Streamlit here. Also what all charts share: layout, money, counts.

Show them with `st.plotly_chart(figure, theme=None, config=shapes.plotly_config(), alt=…)`: Streamlit's own theme would
replace the colours. Maps are in charts_map.py, money over time in charts_timeline.py.
"""

from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.palette import Look

FONT = "Source Sans, sans-serif"
OTHER = "Other"
LANGUAGES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "ky": "Kyrgyz",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "sw": "Swahili",
    "te": "Telugu",
    "tg": "Tajik",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "yo": "Yoruba",
    "zh": "Chinese",
    "zu": "Zulu",
}
"""English names of ISO 639-1 codes; a code not listed is shown as it is."""

_UNITS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k"))
_BAR_HEIGHT = 26


def money(usd: int) -> str:
    """A whole number of US dollars, short: `$1.4bn`, `$950m`, `$12k`; at most three digits that count."""
    for unit, suffix in _UNITS:
        if usd >= unit * 0.9995:  # rounds to one of this unit, not to a thousand of the next
            figure = usd / unit
            return f"${figure:.0f}{suffix}" if figure >= 100 else f"${figure:.3g}{suffix}"
    return f"${usd}"


def counted(number: int, noun: str) -> str:
    """`1 event`, `4 events`, `1,200 events`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def safe(text: str) -> str:
    """Text for a hover box or a label: Plotly reads tags in them, so `<` and `&` are written as entities."""
    return escape(text, quote=False)


def plain_layout(look: Look, height: int, **more: Any) -> go.Layout:
    """The layout that all charts start from: no template, transparent, one font, a view that survives a rerun."""
    base: dict[str, Any] = {
        "template": "none",
        "height": height,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": look.text},
        "margin": {"l": 48, "r": 12, "t": 8, "b": 32},
        "hoverlabel": {
            "bgcolor": look.hover,
            "bordercolor": look.muted,
            "font": {"family": FONT, "size": 13, "color": look.text},
            "align": "left",
            "namelength": -1,
        },
        "legend": bottom_legend(look),
        "uirevision": "entente",
        "dragmode": False,
        "hovermode": "closest",
    }
    return go.Layout(base | more)


def bottom_legend(look: Look, **more: Any) -> dict[str, Any]:
    """A legend in lines under the plot."""
    base = {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        "y": -0.02,
        "yanchor": "top",
        "font": {"size": 12, "color": look.text},
        "bgcolor": "rgba(0,0,0,0)",
        "itemsizing": "constant",
        "tracegroupgap": 0,
    }
    return base | more


def axis(look: Look, **more: Any) -> dict[str, Any]:
    """A quiet axis: thin grid, muted labels, no zero line, fixed range (charts are read, not zoomed by accident)."""
    base: dict[str, Any] = {
        "gridcolor": look.grid,
        "linecolor": look.muted,
        "tickfont": {"color": look.muted, "size": 12},
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }
    return base | more


def empty_figure(message: str, look: Look, height: int) -> go.Figure:
    """A valid figure without data that says why, in place of a blank."""
    hidden = {"visible": False, "fixedrange": True}
    figure = go.Figure(layout=plain_layout(look, height, xaxis=hidden, yaxis=hidden))
    figure.add_annotation(
        text="<br>".join(safe(line) for line in wrap(message, 36)),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"size": 15, "color": look.muted},
    )
    return figure


def top_groups(weights: "pd.Series[Any]", most: int) -> list[str]:
    """The names with the greatest weights (index: name, one row each), ties by name; at most `most`."""
    ranked = sorted(weights.items(), key=lambda item: (-item[1], str(item[0])))
    return [str(name) for name, _ in ranked[:most]]


def sources_over_time(frame: pd.DataFrame, *, look: Look, height: int = 260) -> go.Figure:
    """Published articles a month, stacked by language of the source: the five commonest and the rest.

    Columns of `frame`: month (datetime64, first day), articles (int), language (ISO 639-1).
    """
    if frame.empty:
        return empty_figure("No articles in this selection", look, height)
    named = frame.assign(language=frame["language"].map(lambda code: LANGUAGES.get(code, code)))
    top = top_groups(named.groupby("language")["articles"].sum(), 5)
    named["language"] = named["language"].where(named["language"].isin(top), OTHER)
    table = named.pivot_table(index="month", columns="language", values="articles", aggfunc="sum", fill_value=0)
    order = [name for name in [*top, OTHER] if name in table]
    colours = [*look.qualitative[: len(top)], look.other]
    figure = go.Figure(layout=plain_layout(look, height, barmode="stack", bargap=0.15))
    for name, colour in zip(order, colours[: len(top)] + colours[-1:], strict=False):
        counts = [int(count) for count in table[name]]
        said = [f"{counted(count, 'article')} in {name}" for count in counts]
        texts = [f"{month:%B %Y}: {text}" for month, text in zip(table.index, said, strict=True)]
        figure.add_bar(
            x=list(table.index),
            y=counts,
            name=name,
            marker={"color": colour, "line": {"width": 0}},
            hovertext=texts,
            hoverinfo="text",
        )
    figure.update_xaxes(axis(look, showgrid=False, tickformat="%b %Y", nticks=8))
    figure.update_yaxes(axis(look, rangemode="tozero", tickformat=",d", nticks=5))
    figure.update_layout(legend=bottom_legend(look, y=-0.16, traceorder="normal"))
    return figure


def sources_over_time_alt(frame: pd.DataFrame) -> str:
    """The bars of `sources_over_time` in one sentence."""
    if frame.empty:
        return "Bar chart of articles by month: no articles in this selection."
    months, languages = frame["month"], frame["language"].nunique()
    busiest = frame.groupby("month")["articles"].sum().idxmax()
    return (
        f"Bar chart of {counted(int(frame['articles'].sum()), 'article')} in {counted(languages, 'language')} "
        f"by month, {months.min():%B %Y} to {months.max():%B %Y}; most in {busiest:%B %Y}."
    )


def bars(
    frame: pd.DataFrame, x: str, y: str, *, look: Look, noun: str = "article", height: int | None = None
) -> go.Figure:
    """A list of horizontal bars in the order of the frame, first on top, with the count at the end of each.

    Args:
        frame: One row a bar.
        x: The column with the counts (int).
        y: The column with the names.
        noun: What is counted, in the singular; said in the hover text.
        height: Pixels; None fits the number of rows.
    """
    rows = len(frame)
    height = height or _BAR_HEIGHT * max(rows, 3) + 16
    if frame.empty:
        return empty_figure("Nothing to show in this selection", look, height)
    counts = [int(count) for count in frame[x]]
    names = [str(name) for name in frame[y]]
    figure = go.Figure(layout=plain_layout(look, height, showlegend=False, bargap=0.35))
    figure.add_bar(
        x=counts,
        y=list(range(rows)),
        orientation="h",
        marker={"color": look.qualitative[0], "line": {"width": 0}},
        text=[f"{count:,}" for count in counts],
        textposition="outside",
        textfont={"color": look.text, "size": 12},
        cliponaxis=False,
        hovertext=[f"{safe(name)}: {counted(count, noun)}" for name, count in zip(names, counts, strict=True)],
        hoverinfo="text",
        customdata=[[name] for name in names],
    )
    figure.update_xaxes(axis(look, visible=False, range=[0, max([*counts, 1]) * 1.12]))
    labels = [safe(shortened(name, 28)) for name in names]
    ticks = {"tickvals": list(range(rows)), "ticktext": labels, "tickfont": {"color": look.text, "size": 12}}
    figure.update_yaxes(axis(look, autorange="reversed", showgrid=False, ticklabelstandoff=6, **ticks))
    figure.update_layout(margin={"l": 8, "r": 24, "t": 4, "b": 4})
    return figure


def bars_alt(frame: pd.DataFrame, x: str, y: str, *, noun: str = "article") -> str:
    """The bars of `bars` in one sentence."""
    if frame.empty:
        return f"Bar chart of {noun}s: nothing to show in this selection."
    first = [f"{name} {int(count):,}" for name, count in zip(frame[y].head(3), frame[x].head(3), strict=True)]
    return f"Bar chart of {noun}s with {counted(len(frame), 'bar')}; the first are {', '.join(first)}."


def shortened(text: str, most: int) -> str:
    """The text, cut to `most` characters with an ellipsis."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

"""The world map of government contracts, its figures as a table, and the events behind them."""

from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import cache, components, contract_table, contract_words, event_cards, filters, place, wording
from dashboard.charts_context import add_context
from dashboard.charts_map import Measure, clicked_country, contract_map, contract_map_alt
from db.filters import Filters
from db.vocabulary import Stage

CARDS, CARDS_OF_COUNTRY = 8, 12
MAP_HEIGHT = 390
MAP_STYLES = Path(__file__).parents[1] / "map.css"


def show() -> None:
    """The page from top to bottom."""
    st.title("Who supplies AI to which governments")
    chosen = contract_words.mapped(filters.current())
    components.headline(cache.counts(chosen))
    measure, stage = controls(chosen)
    frame = figures(chosen, stage)
    if frame.empty:
        components.empty_state(filters.current())
        return
    map_title(contract_words.title(chosen, measure, stage), chosen)
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        world_map(frame, chosen, measure, stage)
    with right:
        contract_table.draw(contract_words.table(frame, measure), measure, MAP_HEIGHT)
    event_section(chosen)


def controls(chosen: Filters) -> tuple[Measure, Stage | None]:
    """What the map is coloured by and, for money, at which stage; and the exports."""
    left, right = components.control_row()
    with left:
        measure: Measure = components.choice("measure", "Colour by", contract_words.MEASURES)
        stage = components.stage_choice() if measure == "usd" else None
    with right:
        link = filters.link(measure=measure_said(measure), at=stage_said(stage))
        components.export_row(exports(chosen, stage), link)
    return measure, stage


def map_title(title: str, chosen: Filters) -> None:
    """The title, and the way to more of the map: other places, or other kinds of event."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(title, width="stretch")
        if chosen.countries or chosen.regions:
            st.button("Show all countries", on_click=filters.show_all_countries, icon=":material/public:")
        elif not filters.current().kinds:
            words = [wording.kind_words(kind) for kind in contract_words.DEALS]
            st.button(
                "Map partnerships and infrastructure too",
                on_click=filters.choose,
                args=("kind", contract_words.DEALS),
                icon=":material/add:",
                type="tertiary",
                help=f"Sets the filter on kinds to {wording.listing(words)}.",
            )


def measure_said(measure: Measure) -> str | None:
    """The measure as the address says it; None for the default."""
    return None if measure == "events" else contract_words.MEASURES[measure]


def stage_said(stage: Stage | None) -> str | None:
    """The stage as the address says it; None for the default."""
    return wording.stage_words(stage) if stage else None


def world_map(frame: pd.DataFrame, chosen: Filters, measure: Measure, stage: Stage | None) -> None:
    """The map, with what it does not draw."""
    look = components.look()
    only = chosen.countries[0] if len(chosen.countries) == 1 and not chosen.regions else None
    figure = contract_map(frame, measure=measure, look=look, selected=only, height=MAP_HEIGHT)
    elsewhere = cache.by_country(contract_words.anywhere(chosen), stage)["country"]
    add_context(figure, set(elsewhere) - set(frame["country"]), look)
    st.html(MAP_STYLES)
    with st.container(key="map_frame"):
        components.chart(figure, "map", alt=contract_map_alt(frame), on_click=take_click, fills=True)
    said = contract_words.not_drawn(frame)
    if measure == "usd":
        said = f"{contract_words.figures_said(frame)} {said}"
    st.caption(wording.escape_markdown(said))


def take_click(chart_key: str) -> None:
    """Filter to the country that was clicked."""
    filters.take_click(chart_key, clicked_country)


def figures(chosen: Filters, stage: Stage | None) -> pd.DataFrame:
    """Events, claims and USD by country. Columns: `db.queries.contracts.COUNTRY_FRAME`."""
    return contract_words.in_place(cache.by_country(chosen, stage), chosen)


def exports(chosen: Filters, stage: Stage | None) -> list[components.Export | components.Table]:
    """What the page offers for download."""
    return [
        components.Export(
            "Countries CSV", "contracts-by-country", lambda: contract_words.exported(figures(chosen, stage))
        ),
        *components.tables_of(chosen, cache.counts(chosen), "events", "claims"),
    ]


def event_section(chosen: Filters) -> None:
    """The events behind the map, each with its first evidence."""
    places, number = contract_words.places_said(chosen), cache.counts(chosen).events
    st.subheader(f"Events in {places}" if places else "Latest events")
    most = CARDS_OF_COUNTRY if places else CARDS
    event_cards.draw(*cache.latest_events(chosen, most))
    if number > most:
        place.link_to_events(f"All {wording.plural(number, 'event')} as a list")


show()

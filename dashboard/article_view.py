"""The page of one article, drawn with Streamlit: its text with all claims highlighted, and where each claim leads."""

import pandas as pd
import streamlit as st

from dashboard import cache, components, evidence, filters, place, reprint_view, wording
from db.filters import Filters
from db.queries.sources import ArticlePage


def draw(article_id: str, chosen: Filters) -> None:
    """The page of an article, or the reason why there is none."""
    st.html(evidence.STYLES)
    number = cache.counts(chosen).articles
    st.button(
        f"All {wording.plural(number, 'article')} of this selection" if number != 1 else "The list of articles",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=place.show,
        args=("article", None),
    )
    page = cache.article(article_id, chosen.as_known_on)
    if page is None:
        say_why(article_id, chosen)
        return
    draw_head(page.article)
    spans = [evidence.span_of(claim, number) for number, (_, claim) in enumerate(page.claims.iterrows(), start=1)]
    text = evidence.highlight(page.text, spans, linked=True)
    st.html(f'<p class="text">{text}</p>')
    draw_claims(page.claims, page.titles)
    draw_family(page)
    draw_foot(page)


def say_why(article_id: str, chosen: Filters) -> None:
    """Why there is no such article: withdrawn, not yet published on the day asked for, or never in the data."""
    reason, shown = cache.withdrawal_reason(article_id), wording.escape_markdown(article_id)
    if reason is not None:
        st.title("Withdrawn", anchor=False)
        st.warning(f"The article {shown} was taken out: {wording.escape_markdown(reason)}.",
                   icon=":material/delete_history:")  # fmt: skip
    elif chosen.as_known_on is not None and cache.article(article_id) is not None:
        st.title("Not yet published", anchor=False)
        st.warning(f"{shown} had not been published by {wording.date_words(chosen.as_known_on)}. Clear “As known on” "
                   "to read it.", icon=":material/history:")  # fmt: skip
    else:
        st.title("No such article", anchor=False)
        st.warning(f"There is no article with the id {shown}. Check the link, or look in the list.",
                   icon=":material/search_off:")  # fmt: skip


def draw_head(article: "pd.Series[object]") -> None:
    """Title, byline, source, second reading."""
    st.title(wording.escape_markdown(str(article["title"])), anchor=False)
    checked = "" if wording.missing(article["checked_on"]) else f" on {wording.date_words(article['checked_on'])}"
    line = f"{evidence.byline(article)} · {evidence.source_link(article['url'], 'Read at the source')}"
    st.html(f'<p class="linked">{line}</p><p>{evidence.review_badge(article["outcome"])}'
            f'<span class="quiet">{evidence.escape(checked)}</span></p>')  # fmt: skip


def draw_claims(claims: pd.DataFrame, titles: dict[str, str]) -> None:
    """What was read from the article, in its order, each with the event that it reports."""
    st.subheader(f"{wording.plural(len(claims), 'claim')} read from it", anchor=False)
    for number, (_, claim) in enumerate(claims.iterrows(), start=1):
        event_id = str(claim["event_id"])
        event = evidence.inner_link(place.event_link(event_id), titles.get(event_id, event_id))
        st.html(
            f'<article class="claim" id="claim-{number}"><header><span class="number">{number}</span> '
            f"<span><strong>{evidence.escape(wording.kind_words(claim['kind']))}</strong> "
            f"{evidence.stance_badge(claim['stance'])}</span></header>"
            f"{evidence.fact_list(evidence.claim_facts(claim))}<footer><span>Event: {event}</span></footer></article>"
        )


def draw_family(page: ArticlePage) -> None:
    """Articles with the same text: who was first, how much each shares, and the texts beside each other."""
    if page.family.empty:
        return
    first = page.article["reprint_of"] or page.article["article_id"]
    st.subheader("One text, published more than once", anchor=False)
    st.markdown(reprint_view.family_words(first == page.article["article_id"], len(page.family)))
    shown = page.family[page.family["article_id"].isin(page.family_texts)]
    texts = (page.family_texts[str(row["article_id"])] for _, row in shown.iterrows())
    mates = (
        reprint_view.mate(row, row["article_id"] == first, family_link(row), (page.text, text))
        for (_, row), text in zip(shown.iterrows(), texts, strict=True)
    )
    st.html(reprint_view.STYLES)
    st.html("".join(mates))
    if len(shown) < len(page.family):
        st.caption(f"The first {len(shown)} of {len(page.family):,} are shown.")


def family_link(article: "pd.Series[object]") -> str:
    """A link to another article's page by its title."""
    return evidence.inner_link(place.article_link(str(article["article_id"])), str(article["title"]))


def draw_foot(page: ArticlePage) -> None:
    """Id, hash of the text, and the export of exactly these claims."""
    article_id = str(page.article["article_id"])
    st.subheader("Cite or take away", anchor=False)
    st.markdown(f"Article id `{article_id}`. Evidence is proved against this text, SHA-256 "
                f"`{page.article['text_sha256']}`. Loaded on {wording.date_words(page.loaded_at)}.")  # fmt: skip
    components.export_row(
        [components.Export("Claims CSV", f"{article_id}-claims", lambda: page.claims)],
        filters.link(article=article_id),
    )

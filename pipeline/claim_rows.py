"""Claims read back from the database as the values that matching and consolidation work on."""

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from db.bulk import among, table
from db.models import Actor, Article, Claim, ClaimCountry, ClaimParty, ClaimTechnology, Reprint
from db.values import Amount, PartialDate
from db.vocabulary import Bound, Kind, Role, Stage, Stance
from pipeline import claims as values
from pipeline.origins import Source

_claim, _article, _actor = table(Claim), table(Article), table(Actor)
_party, _country, _technology = table(ClaimParty), table(ClaimCountry), table(ClaimTechnology)

_ROLES = {role.value: role for role in Role}


def read_claims(connection: Connection, keys: Iterable[int]) -> dict[int, values.Claim]:
    """The claims with these keys, by key."""
    listed = list(keys)
    if not listed:
        return {}
    chosen = among(connection, _claim.c.pk, listed)
    rows = connection.execute(
        sa.select(_claim, _article.c.article_id, _article.c.published)
        .join(_article, _article.c.pk == _claim.c.article_pk)
        .where(chosen)
    ).all()
    parties = _read_parties(connection, listed)
    countries = _read_words(connection, _country, _country.c.country, listed)
    technologies = _read_words(connection, _technology, _technology.c.technology, listed)
    return {
        row.pk: _claim_value(row, tuple(parties[row.pk]), tuple(countries[row.pk]), tuple(technologies[row.pk]))
        for row in rows
    }


def _read_parties(connection: Connection, keys: list[int]) -> dict[int, list[values.Party]]:
    rows = connection.execute(
        sa.select(
            _party.c.claim_pk,
            _party.c.role,
            _actor.c.actor_id,
            _actor.c.group_id,
            _actor.c.name,
            _actor.c.country,
            _actor.c.kind,
        )
        .join(_actor, _actor.c.actor_id == _party.c.actor_id)
        .where(among(connection, _party.c.claim_pk, keys))
        .order_by(_party.c.claim_pk, _party.c.role, _party.c.position)
    )
    parties: dict[int, list[values.Party]] = defaultdict(list)
    for claim_pk, role, actor_id, group_id, name, country, kind in rows.all():
        parties[claim_pk].append(values.Party(_ROLES[role], actor_id, group_id, name, country, kind))
    return parties


def _read_words(
    connection: Connection, source: sa.Table, word: "sa.ColumnElement[str]", keys: list[int]
) -> dict[int, list[str]]:
    rows = connection.execute(
        sa.select(source.c.claim_pk, word)
        .where(among(connection, source.c.claim_pk, keys))
        .order_by(source.c.claim_pk, word)
    )
    words: dict[int, list[str]] = defaultdict(list)
    for claim_pk, found in rows.all():
        words[claim_pk].append(found)
    return words


def _claim_value(
    row: "Row[tuple[object, ...]]",
    parties: tuple[values.Party, ...],
    countries: tuple[str, ...],
    technologies: tuple[str, ...],
) -> values.Claim:
    return values.Claim(
        claim_id=row.claim_id,
        article_id=row.article_id,
        number=row.number,
        kind=Kind(row.kind),
        stage=Stage(row.stage),
        stance=Stance(row.stance),
        date=PartialDate.parse(row.date),
        published=PartialDate.parse(row.published),
        parties=parties,
        countries=countries,
        technologies=technologies,
        what=row.what or "",
        evidence=row.evidence,
        amount=_amount(row),
        instrument=row.instrument,
        attributed_to=row.attributed_to,
    )


def _amount(row: "Row[tuple[object, ...]]") -> Amount | None:
    if row.bound is None:
        return None
    bound = Bound(row.bound)
    if bound is Bound.RANGE:
        return Amount(row.currency, bound, low=row.amount_min, high=row.amount_max)
    return Amount(row.currency, bound, value=row.amount)


def read_sources(connection: Connection, article_ids: Iterable[str]) -> dict[str, Source]:
    """Where articles were published, by article id. A family is named by its earliest article's id."""
    reprint, first = table(Reprint), _article.alias("first")
    rows = connection.execute(
        sa.select(_article.c.article_id, _article.c.publisher, first.c.article_id, _actor.c.actor_id)
        .outerjoin(reprint, reprint.c.article_pk == _article.c.pk)
        .outerjoin(first, first.c.pk == reprint.c.of_pk)
        .outerjoin(_actor, sa.and_(_actor.c.name == _article.c.publisher, _actor.c.provisional.is_(False)))
        .where(among(connection, _article.c.article_id, article_ids))
    )
    return {
        article_id: Source(publisher, family or article_id, is_party=actor is not None)
        for article_id, publisher, family, actor in rows
    }

"""Names that are not an actor's own any more, or never were: joined actors and other names, with whom they mean."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.bulk import among
from db.queries.where import actor, alias


def kept_names(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """Name → name of the actor that it was joined to or is another name of; own names of actors are left out.

    Of several actors that share another name the first by name is told.
    """
    kept = actor.alias("kept")
    joined = (
        sa.select(actor.c.name, kept.c.name)
        .join(kept, kept.c.actor_id == actor.c.same_as)
        .where(among(connection, actor.c.name, names))
    )
    found = {str(name): str(other) for name, other in connection.execute(joined)}
    own = set(connection.scalars(sa.select(actor.c.name).where(among(connection, actor.c.name, names))))
    called = (
        sa.select(alias.c.name, sa.func.min(sa.func.coalesce(kept.c.name, actor.c.name)))
        .join(actor, actor.c.actor_id == alias.c.actor_id)
        .outerjoin(kept, kept.c.actor_id == actor.c.same_as)
        .where(among(connection, alias.c.name, set(names) - own))
        .group_by(alias.c.name)
    )
    return found | {str(name): str(other) for name, other in connection.execute(called)}

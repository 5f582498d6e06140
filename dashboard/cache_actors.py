"""Cached reads on the names of actors that a link or a filter gives."""

from dashboard.cache import Data, data, kept
from db.engine import open_engine
from db.queries import joined


def kept_names(names: tuple[str, ...]) -> dict[str, str]:
    """Name → name of the actor that it means now, for names that are not an actor's own (any more)."""
    return _kept_names(data(), names) if names else {}


@kept
def _kept_names(source: Data, names: tuple[str, ...]) -> dict[str, str]:
    with open_engine(source[0]).connect() as connection:
        return joined.kept_names(connection, names)

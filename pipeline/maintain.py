"""Changes to what is already in the database: taking an article out, letting it in again, making all events anew."""

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from db.bulk import table
from db.engine import writing
from db.models import Article, Withdrawal
from pipeline.articles import remove_articles
from pipeline.collecting import seldom_collecting
from pipeline.derived import bring_up_to_date, make_again
from pipeline.errors import InputError
from pipeline.forwarding import leave_forwarding, let_in_again
from pipeline.register import drop_unused_provisional, forget
from pipeline.resolve import Advance, ignore, resolve
from pipeline.runs import add_counts, bump_revision, finish_run, now, start_run

_article, _withdrawal = table(Article), table(Withdrawal)


def withdraw(engine: Engine, article_id: str, reason: str) -> bool:
    """Take an article out with its claims, and keep it out of later loads. False: it was out already.

    Raises:
        InputError: no such article, or no reason.
    """
    if not reason.strip():
        raise InputError("a withdrawal needs a reason: whoever meets the lost id is shown it")
    with writing(engine) as connection:
        if connection.scalar(sa.select(_withdrawal.c.reason).where(_withdrawal.c.article_id == article_id)):
            return False
        if not connection.scalar(sa.select(_article.c.pk).where(_article.c.article_id == article_id)):
            raise InputError(f"there is no article {article_id!r}; ids are in articles.csv and on each article's page")
        bring_up_to_date(connection)
        run_id = start_run(connection, "withdraw", [article_id])
        row = {"article_id": article_id, "reason": reason.strip(), "withdrawn_at": now()}
        connection.execute(sa.insert(_withdrawal).values(row))
        left, lost = remove_articles(connection, [article_id])
        leave_forwarding(connection, lost, _withdrawn(article_id, reason.strip()))
        resolve(connection, (), left)
        drop_unused_provisional(connection)
        add_counts(connection, run_id, {"articles_withdrawn": 1})
        finish_run(connection, run_id)
        bump_revision(connection)
    return True


def restore(engine: Engine, article_id: str) -> None:
    """Lift a withdrawal; the next load of the article brings it back.

    Raises:
        InputError: the article is not withdrawn.
    """
    with writing(engine) as connection:
        reason = connection.scalar(sa.select(_withdrawal.c.reason).where(_withdrawal.c.article_id == article_id))
        if reason is None:
            raise InputError(f"the article {article_id!r} is not withdrawn")
        connection.execute(sa.delete(_withdrawal).where(_withdrawal.c.article_id == article_id))
        since = (
            f"its article {article_id} was withdrawn ({reason}) and let in again, which does not bring this claim back"
        )
        let_in_again(connection, article_id, _withdrawn(article_id, reason), since)
        bump_revision(connection)


def _withdrawn(article_id: str, reason: str) -> str:
    return f"its article {article_id} was withdrawn: {reason}"


def forget_actor(engine: Engine, name: str) -> None:
    """Take an actor out of the register, as after a renaming; its names are looked up anew.

    Raises:
        InputError: no known actor has this name.
    """
    with writing(engine) as connection:
        bring_up_to_date(connection)
        run_id = start_run(connection, "forget", [name])
        changed = forget(connection, name)
        if changed is None:
            raise InputError(f"there is no known actor named {name!r}; names are in actors.csv")
        resolve(connection, changed)
        drop_unused_provisional(connection)
        finish_run(connection, run_id)
        bump_revision(connection)


@seldom_collecting()
def rebuild(engine: Engine, advance: Advance = ignore) -> int:
    """Make everything derived again from articles, actors and judgements; returns the number of claims.

    One transaction: readers see the old state until the new one is complete. Ids stay, as they come from claims.
    """
    with writing(engine) as connection:
        run_id = start_run(connection, "rebuild", [])
        claims = make_again(connection, advance)
        add_counts(connection, run_id, {"claims": claims})
        finish_run(connection, run_id)
        bump_revision(connection)
    return claims

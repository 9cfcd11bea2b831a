"""What a database that fails says, in words that an operator can act on; never with an address or a password."""

from typing import Any

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from domain.refusal import Refusal, Unreachable

NO_DATABASE = "file is not a database"
READ_ONLY = "25006"
"""SQLSTATE of a write to a PostgreSQL that only follows another one."""

PLAINLY = (
    (
        ("disk is full", "No space left", "disk I/O error"),
        "There is no disk space left, or the disk fails; nothing was saved. Free some, then try again.",
    ),
    ((NO_DATABASE,), "The file is no SQLite database. Check DATABASE_URL: nothing was touched."),
    (
        ("locked",),
        "Another process keeps the database locked; nothing was saved. Try again in a minute.",
    ),
    (("deadlock",), "Two processes were in each other's way; nothing was saved. Try again."),
    (
        ("unable to open", "readonly"),
        "The database cannot be opened or written. Check DATABASE_URL, its folder and the rights on both.",
    ),
    (
        ("no such table", "malformed"),
        "The database was replaced or damaged while it was used. Put it back, then start again.",
    ),
    (
        ("authentication failed", "no password supplied", "role "),
        "PostgreSQL refuses the user or the password. Check DATABASE_URL.",
    ),
    (
        ("does not exist",),
        "PostgreSQL has no database of that name. Create it with `createdb`, or check DATABASE_URL.",
    ),
    (
        ("too many clients", "too many connections", "connection slots"),
        "PostgreSQL takes no more connections. Raise its max_connections, or run fewer processes.",
    ),
    (
        ("read-only transaction", "recovery"),
        "This PostgreSQL takes no changes, as a standby does. Check DATABASE_URL, or wait for it to be promoted.",
    ),
    (
        ("starting up", "shutting down", "terminating connection"),
        "PostgreSQL is just being stopped or started.",
    ),
    (
        ("refused", "No such file"),
        "The database does not answer: nobody listens there. Is it running? Check DATABASE_URL.",
    ),
    (
        ("translate host name", "resolve", "not known"),
        "The database's host is not known. Check DATABASE_URL and the network's names.",
    ),
)
"""Words of a driver's error, and what they mean: the first that fits is told."""

WRONG_OPTION = (
    "Setting DATABASE_URL: what follows its `?` is no option of PostgreSQL's, or has a wrong value."
)


def translated(context: ExceptionContext) -> Exception | None:
    """What is raised instead of a driver's error where the database itself failed, not what was asked of it."""
    error = context.original_exception
    if context.is_pre_ping:
        return None
    if context.connection is None and "ProgrammingError" in _kinds(error):
        return Refusal(WRONG_OPTION)
    return said_plainly(error) if unusable(error) else None


def unusable(error: BaseException) -> bool:
    """Whether it is the database that failed, and not what was asked of it."""
    if isinstance(error, NoConnectionFree | PendingRollbackError):
        return True
    # SQLite's InterfaceError is a mistake of ours, PostgreSQL's a connection that is closed.
    lost = {"OperationalError", "InterfaceError"} if _of_postgresql(error) else {"OperationalError"}
    is_strange = NO_DATABASE in str(error) or getattr(error, "sqlstate", None) == READ_ONLY
    kinds = _kinds(error)
    return bool(kinds & lost) or (bool(kinds) and is_strange)


def said_plainly(error: BaseException) -> Unreachable:
    """What an operator can do about a database that failed."""
    if isinstance(error, NoConnectionFree):
        return Unreachable(
            "The database is too slow: all connections to it are in use. Try again in a minute."
        )
    said = str(error)
    for words, plainly in PLAINLY:
        if any(word in said for word in words):
            return Unreachable(plainly + _code(error))
    return Unreachable(f"The database does not answer ({type(error).__name__}). Check DATABASE_URL.")


def _code(error: Any) -> str:
    """SQLite's own word for it, which says more than its sentence."""
    return f" ({error.sqlite_errorname})" if getattr(error, "sqlite_errorname", "") else ""


def _kinds(error: BaseException) -> set[str]:
    """The names of a driver's error, which PEP 249 fixes: psycopg takes long to import, and SQLite can do without."""
    drivers = ("sqlite3", "psycopg")
    return {kind.__name__ for kind in type(error).__mro__ if kind.__module__.partition(".")[0] in drivers}


def _of_postgresql(error: BaseException) -> bool:
    return type(error).__module__.startswith("psycopg")

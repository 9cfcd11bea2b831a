"""References: what a person tells the operators, who find it in the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 of them, none of which is taken for another."""

_current: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """One that nothing has yet."""
    bits = secrets.randbits(20)
    return "R-" + "".join(LETTERS[bits >> place & 31] for place in (0, 5, 10, 15))


def current_reference() -> str:
    """That of the request which is being worked on; "" outside of any."""
    return _current.get()


@contextmanager
def request_reference() -> Iterator[str]:
    """While held there is one, a new one unless there was, in tasks and copied contexts too; gives it."""
    token = _current.set(_current.get() or new_reference())
    try:
        yield _current.get()
    finally:
        _current.reset(token)

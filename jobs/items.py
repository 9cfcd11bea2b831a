"""Going through the items of a job: one that fails is logged, and the others go on."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from domain.refusal import Unreachable

T = TypeVar("T")

log = logging.getLogger(__name__)


def each(items: Iterable[T], do: Callable[[T], None], *, doing: Callable[[T], str]) -> None:
    """Call `do` for each; `doing` says in the log what failed. A database that is away stops them all."""
    for item in items:
        try:
            do(item)
        except Unreachable:
            raise
        except Exception:
            log.exception("failed: %s", doing(item))

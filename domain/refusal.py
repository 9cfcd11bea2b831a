"""A "no" with its remedy: the one way in which Steward refuses."""

from collections.abc import Iterable
from difflib import get_close_matches


class Refusal(Exception):
    """A request that is not carried out; `str(refusal)` is the sentence, remedy included, that a person reads.

    Where a `name` in the request was not clear, `candidates` are what it may mean, as they are typed.
    """

    name: str = ""
    candidates: tuple[str, ...] = ()


class Unreachable(Refusal):
    """Something outside (database, disk, network) is not there; the remedy is the operator's."""


def suggestions(name: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """The known names that `name` was probably meant to be, best first."""
    names = sorted(known)
    lowered = name.strip().lower()
    beginning = [known_name for known_name in names if lowered and known_name.lower().startswith(lowered)]
    containing = [known_name for known_name in names if len(lowered) > 2 and lowered in known_name.lower()]
    heads = {known_name[: len(lowered)]: known_name for known_name in reversed(names)}
    near_heads = [heads[head] for head in get_close_matches(lowered, heads, n=most, cutoff=0.7)]
    close = get_close_matches(lowered, names, n=most, cutoff=0.6)
    return list(dict.fromkeys([*beginning, *close, *near_heads, *containing]))[:most]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """ " Did you mean `checkout-availability`?", or nothing where no known name comes close."""
    return meant_words(suggestions(name, known))


def meant_words(candidates: Iterable[str]) -> str:
    """ " Did you mean `first` or `second`?", or nothing without candidates."""
    named = " or ".join(f"`{candidate}`" for candidate in candidates)
    return f" Did you mean {named}?" if named else ""

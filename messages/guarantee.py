"""What the promises under an objective add up to, in words: for lint and plans as plain text, and for messages."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

from domain.agreement import AgreementKind
from domain.guarantee import Guarantee, Guarantees, Supporter
from domain.ratio import exact_percent, floor_percent, percent_places
from messages.escaping import plain
from messages.room import LINE, flowing

SHORT = 40
MOST_NAMED = 6
"""Supporters that are named; of more than these it is told how many."""


def guarantee_sentence(guarantee: Guarantee) -> str:
    """ "checkout promises 99.9%; what stands under it guarantees 99.70%: payments-db 99.9% (OLA), …", at best more."""
    promises = f"{guarantee.objective} promises {exact_percent(guarantee.target)}"
    named = ", ".join(_listed(guarantee.supporters))
    return (
        f"{promises}; what stands under it guarantees {series_percent(guarantee)}: {named}{_best(guarantee)}"
    )


def guarantee_lines(
    before: Guarantees, after: Guarantees, names: Iterable[str], *, at: datetime | None = None
) -> list[str]:
    """ "checkout 99.9%: what stands under it now guarantees 99.70%, before 99.90%", of those for which that changes."""
    changed = ((name, before.of(name, at=at), after.of(name, at=at)) for name in sorted(set(names)))
    return [
        _now(was, now) if now else f"{name}: nothing stands under it any more{_before(was)}"
        for name, was, now in changed
        if _known(was) != _known(now) and after.promised(name, at=at)
    ]


def series_percent(guarantee: Guarantee) -> str:
    """ "99.70%": what is guaranteed in series, rounded down, and never up to the target."""
    return floor_percent(guarantee.series, percent_places(guarantee.target))


def under_lines(guarantee: Guarantee | None, *, width: int = LINE) -> list[str]:
    """What stands under an objective, what it adds up to, and what is left out of that; for Slack."""
    if guarantee is None:
        return ["Nothing that Steward knows of."]
    lines = flowing(
        _with_commas([supporter_words(one) for one in guarantee.supporters]), separator=" ", width=width
    )
    if guarantee.supporters:
        lines += _adding_up(guarantee)
    if guarantee.apart:
        apart = _with_commas([supporter_words(one) for one in guarantee.apart])
        lines += ["Of other service hours, so left out:", *flowing(apart, separator=" ", width=width)]
    return lines


def supporter_words(one: Supporter) -> str:
    """ "payments-db 99.9% (OLA)"; for Slack."""
    return f"{plain(one.name, SHORT)} {promise_words(one.target, one.kind)}"


def promise_words(target: Fraction, kind: AgreementKind | None) -> str:
    """ "99.9% (OLA)"."""
    return exact_percent(target) + (f" ({kind})" if kind else "")


def verdict(guarantee: Guarantee) -> str:
    """What the figure in series means for who promises: "less than promised"."""
    if guarantee.falls_short:
        return "less than promised"
    if guarantee.alone_leaves_nothing:
        return "no room for failures of our own"
    return f"{exact_percent(guarantee.series - guarantee.target)} left for our own failures"


def _adding_up(guarantee: Guarantee) -> list[str]:
    several = len(guarantee.supporters) > 1
    first = f"guarantee{'' if several else 's'} {series_percent(guarantee)}: {verdict(guarantee)}"
    best = exact_percent(guarantee.at_best)
    return [first, *([f"at best {best}, if they fail at the same time"] if several else [])]


def _best(guarantee: Guarantee) -> str:
    return f"; at best {exact_percent(guarantee.at_best)}" if len(guarantee.supporters) > 1 else ""


def _known(guarantee: Guarantee | None) -> tuple[Fraction, Fraction] | None:
    return (guarantee.target, guarantee.series) if guarantee and guarantee.supporters else None


def _now(was: Guarantee | None, now: Guarantee) -> str:
    promise = f"{now.objective} {exact_percent(now.target)}"
    short = ": less than promised" if now.falls_short else ""
    return f"{promise}: what stands under it now guarantees {series_percent(now)}{_before(was)}{short}"


def _before(was: Guarantee | None) -> str:
    return f", before {series_percent(was)}" if was and was.supporters else ""


def _listed(supporters: Sequence[Supporter]) -> list[str]:
    """Plain text: names of definitions have nothing in them that would need escaping."""
    named = [f"{one.name} {promise_words(one.target, one.kind)}" for one in supporters[:MOST_NAMED]]
    more = len(supporters) - len(named)
    return [*named, *([f"{more} more"] if more else [])]


def _with_commas(words: Sequence[str]) -> list[str]:
    shown = list(words[:MOST_NAMED])
    more = len(words) - len(shown)
    shown += [f"{more} more"] if more else []
    return [f"{word}," for word in shown[:-1]] + shown[-1:]

"""How things stood in the past: of one objective, and of all in a table."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise

from domain.audit import Act
from domain.audit_action import Action
from domain.counts import NOTHING, Counts
from domain.history import history_edges
from domain.minutes import instant_of
from domain.objective import Objective
from domain.owning import given_to
from domain.standing import BURN_WINDOWS, Figures, Standing, stand
from domain.window import CalendarUnit, Period
from messages.audit_lines import EXAMPLE as DONE
from messages.audit_lines import Done
from messages.example import BERLIN, DAYS_30, EVENTS, NINE, events, objective
from messages.gallery.shown import HOSTILE, Shown
from messages.history import EXAMPLE, Past, history
from messages.slam import EXAMPLE as SLAM
from messages.slam import Slam, slam

MONTH = CalendarUnit.MONTH


def spans(of: Objective, counts: Counts, *, at: datetime = NINE) -> list[Standing]:
    """The same counts in each of the last twelve months."""
    none = dict.fromkeys(BURN_WINDOWS, NOTHING)
    figures = Figures(counts, none, 0 if counts.measured else None)
    return [
        stand(of, of.versions[0], Period(instant_of(start), instant_of(end)), figures, at=instant_of(end))
        for start, end in pairwise(history_edges(MONTH, BERLIN, at=at))
    ]


def by_month(standings: list[Standing]) -> Past:
    return Past(standings, MONTH, BERLIN, NINE)


def made(name: str = "x") -> Objective:
    return objective(name, "99", DAYS_30, EVENTS)


def with_a_gap() -> Past:
    measured, unmeasured = spans(made(), events(40_000, 0, 43_200)), spans(made(), NOTHING)
    return by_month([*unmeasured[:7], *measured[7:9], unmeasured[9], *measured[10:]])


def few_events() -> Past:
    version = replace(made().versions[0], min_coverage=Fraction(1, 2))
    return by_month(spans(replace(made(), versions=(version,)), events(40, 0, 9_000)))


def another_target() -> Past:
    standings = spans(made(), events(40_000, 304, 43_200))
    later = replace(objective("x", "99.9", DAYS_30, EVENTS).versions[0], version=2)
    changed = [stand(one.objective, later, one.period, one.figures, at=one.at) for one in standings[6:]]
    return by_month([*standings[:6], *changed])


def another_owner() -> Past:
    standings = spans(made(), events(40_000, 304, 43_200))
    changed = datetime(2026, 8, 14, 10, tzinfo=UTC)
    given = given_to(standings[0].objective, HOSTILE, by="U0ANA1234", at=changed)
    return by_month([replace(one, objective=given, terms=given.terms(at=one.at)) for one in standings])


def table_of_two_owners() -> Slam:
    standings = another_owner().standings
    others = frozenset((one.name, one.period.start) for one in standings[:8])
    return replace(table({"x": list(standings)}), others=others)


def longest() -> Past:
    hostile = objective(HOSTILE, "99.9999999", DAYS_30, EVENTS, unit=HOSTILE)
    facts = {"version": 10**9, "ground": HOSTILE, "words": HOSTILE}
    acts = [Act(one, HOSTILE, HOSTILE, NINE, facts) for one in (Action.DECLINED, Action.CHANGED)] * 4
    return replace(by_month(spans(hostile, events(4_000, 1, 1_000))), done=Done(HOSTILE, acts, 10**9))


def with_what_was_done() -> Past:
    return replace(EXAMPLE, done=DONE)


def table(histories: dict[str, list[Standing]], title: str = "payments team") -> Slam:
    return Slam(title, histories, MONTH, BERLIN, NINE)


def table_of_300() -> Slam:
    standings = spans(made(), events(40_000, 900, 43_200))
    return table({f"{n}{HOSTILE}": standings for n in range(300)}, "all")


SHOWN = (
    Shown("history", "a line a day", lambda: history(EXAMPLE)),
    Shown("history_done", "with what was done", lambda: history(with_what_was_done())),
    Shown("history_gap", "with a gap", lambda: history(with_a_gap())),
    Shown("history_few_events", "few events", lambda: history(few_events())),
    Shown("history_another_target", "another target", lambda: history(another_target())),
    Shown("history_another_owner", "handed over", lambda: history(another_owner())),
    Shown("history_no_data", "empty: nothing measured", lambda: history(by_month(spans(made(), NOTHING)))),
    Shown("history_longest", "huge, with a hostile name", lambda: history(longest())),
    Shown("slam", "all objectives in a table", lambda: slam(SLAM)),
    Shown("slam_empty", "in a table: nothing measured", lambda: slam(table({"x": spans(made(), NOTHING)}))),
    Shown("slam_another_owner", "in a table: handed over", lambda: slam(table_of_two_owners())),
    Shown("slam_longest", "in a table: 300 with hostile names", lambda: slam(table_of_300())),
)

"""Hand-overs and assignments."""

from dataclasses import replace
from datetime import timedelta

from domain.team import Team
from messages.assigned import EXAMPLE as ASSIGNED
from messages.assigned import EXAMPLE_CONFIRMED, assigned, assigned_message, confirmed
from messages.escaping import one_line
from messages.example import NINE, PAYMENTS
from messages.gallery.shown import HOSTILE, Shown, ShownForm
from messages.handover import EXAMPLE, EXAMPLE_DONE, Handing, handover_message
from messages.handover_answers import (
    agreed,
    already_open,
    has_agreed,
    is_over,
    not_for_both,
    not_theirs,
    proposed,
    refused,
)
from messages.handover_forms import EXAMPLE_TEAMS, assign_form, confirm_form, handover_form

LATER = NINE + timedelta(minutes=40)
NOBODY_YET = replace(EXAMPLE.handover, proposed_by="U0EVA1234", giver_by=None, giver_at=None, words="")
REFUSED = replace(EXAMPLE, handover=EXAMPLE.handover.refuse(by="U0BEN1234", at=LATER))
OVERTAKEN = replace(EXAMPLE, handover=EXAMPLE.handover.overtake(at=LATER))
PEOPLE = ("U0ANA1234", "U0BEN1234", "U0PAT1234")


def without_history() -> Handing:
    """Nothing was measured yet."""
    if EXAMPLE.request is None:
        raise AssertionError("the example tells what is taken on")
    asked = [replace(one, days=None, months=()) for one in EXAMPLE.request.asked]
    return replace(EXAMPLE, request=replace(EXAMPLE.request, asked=asked), standing=None)


def longest(done: bool = False) -> Handing:
    """Hostile names everywhere, and nobody agreed."""
    giver = Team(HOSTILE, display_name=HOSTILE, members=tuple(f"U{n:09}" for n in range(40)))
    taker = replace(giver, name=f"x{HOSTILE}")
    named = replace(
        NOBODY_YET, objective=HOSTILE, giver=giver.name, taker=taker.name, words=HOSTILE, proposed_by=HOSTILE
    )
    both = named.agree(giver.name, by=HOSTILE, at=NINE).agree(taker.name, by=HOSTILE, at=NINE)
    return replace(EXAMPLE, handover=both if done else named, giver=giver, taker=taker, to=taker.name)


def many_teams() -> list[Team]:
    """As many as a form lists."""
    return [Team(f"team-{n}", display_name=one_line(HOSTILE)) for n in range(100)]


SHOWN = (
    Shown("handover", "in the taking team's channel", lambda: handover_message(EXAMPLE)),
    Shown("handover_giver", "in the owner's channel", lambda: handover_message(EXAMPLE.read_by("payments"))),
    Shown(
        "handover_by_manager",
        "proposed by a service level manager",
        lambda: handover_message(replace(EXAMPLE, handover=NOBODY_YET)),
    ),
    Shown("handover_no_history", "empty: nothing measured", lambda: handover_message(without_history())),
    Shown("handover_longest", "huge, with hostile names", lambda: handover_message(longest())),
    Shown("handover_done", "edited: done", lambda: handover_message(EXAMPLE_DONE)),
    Shown("handover_done_longest", "done, with hostile names", lambda: handover_message(longest(done=True))),
    Shown("handover_refused", "edited: refused", lambda: handover_message(REFUSED)),
    Shown("handover_overtaken", "edited: overtaken", lambda: handover_message(OVERTAKEN, command="/levels")),
    Shown("assigned_message", "to the team that had it", lambda: assigned_message(ASSIGNED)),
    Shown(
        "assigned_message_longest",
        "the same, with hostile names",
        lambda: assigned_message(replace(ASSIGNED, objective=HOSTILE, words=HOSTILE, by=HOSTILE)),
    ),
)
SHOWN_ANSWERS = (
    Shown("handover_proposed", "proposed", lambda: proposed(EXAMPLE, [EXAMPLE.taker, PAYMENTS])),
    Shown("handover_proposed_unheard", "no team has a channel", lambda: proposed(EXAMPLE, [])),
    Shown("handover_proposed_longest", "with hostile names", lambda: proposed(longest(), [PAYMENTS])),
    Shown("handover_agreed", "agreed, another has to", lambda: agreed(EXAMPLE)),
    Shown("handover_agreed_done", "agreed, and done", lambda: agreed(EXAMPLE_DONE)),
    Shown("handover_answer_refused", "refused", lambda: refused(REFUSED)),
    Shown("handover_is_done", "too late: done", lambda: is_over(EXAMPLE_DONE)),
    Shown("handover_is_refused", "too late: refused", lambda: is_over(REFUSED)),
    Shown("handover_is_overtaken", "too late: other terms", lambda: is_over(OVERTAKEN)),
    Shown("handover_has_agreed", "the team has agreed", lambda: has_agreed(EXAMPLE)),
    Shown("handover_not_for_both", "the same person", lambda: not_for_both(EXAMPLE, PEOPLE[1:2])),
    Shown("handover_nobody_else", "nobody else is in the team", lambda: not_for_both(EXAMPLE, [])),
    Shown("handover_not_theirs", "somebody of neither team", lambda: not_theirs(EXAMPLE, PEOPLE)),
    Shown("handover_already_open", "a second one", lambda: already_open(EXAMPLE)),
    Shown("assigned", "assigned", lambda: assigned(ASSIGNED)),
    Shown("assigned_not_asked", "no agreement in effect", lambda: assigned(replace(ASSIGNED, asked=False))),
    Shown("confirmed", "confirmed", lambda: confirmed(EXAMPLE_CONFIRMED)),
)
SHOWN_FORMS = (
    ShownForm("handover", "hand over", lambda: handover_form("checkout-availability", EXAMPLE_TEAMS)),
    ShownForm("handover_many_teams", "huge: 100 teams", lambda: handover_form("x" * 127, many_teams())),
    ShownForm("assign", "assign", lambda: assign_form("search-latency", EXAMPLE_TEAMS)),
    ShownForm("assign_no_teams", "empty: the team is typed", lambda: assign_form("search-latency", [])),
    ShownForm("confirm", "confirm", lambda: confirm_form("wallet-availability", PAYMENTS)),
)

"""What is answered to whoever acknowledges, declines, withdraws or asks; and the forms that ask for it."""

from dataclasses import replace

from domain.acknowledgement import Because
from domain.request import Request
from messages.acknowledged import (
    acknowledged,
    asked_question,
    declined,
    going_through,
    listed,
    nobody_asked,
    not_yours,
    nothing_open,
    nothing_to_do,
    stale,
    withdrawn,
)
from messages.gallery.requests import DECLINED, because, many, of_hostile
from messages.gallery.requests import hostile as hostile_one
from messages.gallery.shown import HOSTILE, Shown, ShownForm
from messages.request_example import (
    ANA,
    BEN,
    EXAMPLE,
    EXAMPLE_SEVERAL,
    PAT,
    SEVEN,
    TEAM,
    WALLET_ASKED,
    answered,
    requested,
    superseded,
)
from messages.request_forms import all_form, decline_form, question_form, through_form

HELD = requested(answered(WALLET_ASKED))


def named_at_most() -> Request:
    """A hundred and fifty objectives with names as long as definitions allow."""
    several = []
    for number in range(150):
        one, name = SEVEN[number % 7], f"{number:03}-{'very-long-name-' * 4}"[:63]
        objective = replace(one.objective, name=name)
        several.append(
            replace(one, objective=objective, acknowledgement=replace(one.acknowledgement, objective=name))
        )
    return requested(*several)


def hostile_terms() -> Request:
    """Everything but what is asked is called as nothing should be."""
    one = hostile_one()
    name = "wallet-availability"
    row = replace(one.acknowledgement, objective=name)
    request = of_hostile(replace(one, objective=replace(one.objective, name=name), acknowledgement=row))
    return replace(request, team=replace(request.team, name="payments"))


SHOWN = (
    Shown("acknowledged", "you acknowledged it", lambda: acknowledged(HELD)),
    Shown("acknowledged_more", "and more wait", lambda: acknowledged(HELD, still_open=5)),
    Shown("acknowledged_all", "all of them", lambda: acknowledged(requested(*map(answered, SEVEN)))),
    Shown(
        "acknowledged_longest",
        "huge, with hostile names",
        lambda: acknowledged(of_hostile(answered(hostile_one()))),
    ),
    Shown("you_declined", "you declined it", lambda: declined(requested(DECLINED))),
    Shown("you_withdrew", "you withdrew it", lambda: withdrawn(because(Because.WITHDRAWN))),
    Shown("you_asked", "you asked", lambda: asked_question(EXAMPLE)),
    Shown("acknowledged_already", "somebody else was first", lambda: nothing_to_do(HELD, by=BEN)),
    Shown("acknowledged_twice", "the same person again", lambda: nothing_to_do(HELD, by=ANA)),
    Shown("declined_already", "it was declined", lambda: nothing_to_do(requested(DECLINED), by=BEN)),
    Shown("nothing_to_withdraw", "it is open", lambda: nothing_to_do(EXAMPLE, by=BEN)),
    Shown(
        "not_asked_any_more", "it is over", lambda: nothing_to_do(requested(superseded(WALLET_ASKED)), by=BEN)
    ),
    Shown("nobody_asked", "it was never asked", lambda: nobody_asked("wallet-availability")),
    Shown("not_yours", "not of the team", lambda: not_yours(EXAMPLE, [ANA, BEN, PAT])),
    Shown("not_yours_empty", "empty: nobody is of the team", lambda: not_yours(EXAMPLE, [])),
    Shown(
        "not_yours_longest", "huge: hostile names", lambda: not_yours(of_hostile(hostile_one()), [ANA] * 50)
    ),
    Shown("stale", "the terms have changed", lambda: stale(EXAMPLE)),
    Shown("listed", "all, once more", lambda: listed(EXAMPLE_SEVERAL)),
    Shown("listed_changed", "they have changed", lambda: listed(requested(*SEVEN[:2]), changed=True)),
    Shown("listed_empty", "empty: nothing is open", lambda: nothing_open(TEAM)),
    Shown("listed_longest", "huge, with hostile names", lambda: listed(many())),
    Shown("going_through", "to go through them", lambda: going_through(EXAMPLE_SEVERAL)),
    Shown(
        "going_on", "one stays open", lambda: going_through(EXAMPLE_SEVERAL, after="card-auth-availability")
    ),
    Shown("gone_through", "that was the last", lambda: going_through(EXAMPLE, after="wallet-availability")),
    Shown("going_through_longest", "hostile", lambda: going_through(many(), after=HOSTILE)),
)

SHOWN_FORMS = (
    ShownForm("decline", "decline one", lambda: decline_form(EXAMPLE)),
    ShownForm("question", "ask about one", lambda: question_form(EXAMPLE)),
    ShownForm("question_several", "ask about one of several", lambda: question_form(EXAMPLE_SEVERAL)),
    ShownForm("question_longest", "huge: 150 to choose from", lambda: question_form(named_at_most())),
    ShownForm("through", "one after another", lambda: through_form(EXAMPLE, left=6)),
    ShownForm("through_last", "the last one", lambda: through_form(EXAMPLE)),
    ShownForm("through_longest", "hostile", lambda: through_form(hostile_terms())),
    ShownForm("acknowledge_all", "all, once more", lambda: all_form(EXAMPLE_SEVERAL)),
    ShownForm("acknowledge_all_longest", "huge: 150", lambda: all_form(named_at_most())),
)

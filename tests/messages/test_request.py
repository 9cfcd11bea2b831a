"""What requests to acknowledge say: the traps; how they look is in the golden files."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from domain.acknowledgement import Acknowledgement, Because, Ground
from domain.acknowledgement_steps import STEPS, Step
from domain.calendars import Calendar
from domain.method import Occurrences
from domain.objective import Terms
from domain.planned import Promises
from domain.request import Asked, PastDays, Request
from domain.team import Team
from domain.window import RollingWindow
from messages.acknowledged import going_through, listed, not_yours, stale
from messages.example import CHECKOUT, PAYOUT
from messages.form import Form, Origin, form_view, sent_form
from messages.gallery.acknowledged import SHOWN as ANSWERS
from messages.gallery.requests import SHOWN, SHOWN_DECLINED, SHOWN_LINES, because, partly
from messages.gallery.shown import Shown
from messages.message import Message
from messages.request import request_message
from messages.request_example import (
    ANA,
    BEN,
    DUE,
    EVA,
    EXAMPLE,
    EXAMPLE_SEVERAL,
    LATER,
    MANAGERS,
    PROMISES,
    SEVEN,
    TEAM,
    WALLET_ASKED,
    acknowledgement,
    answered,
    asked,
    declined,
    requested,
    superseded,
)
from messages.request_forms import all_form, decline_form, question_form, through_form
from messages.request_reminder import reminder_message
from messages.request_several import hardest

Lines = Callable[[Message], list[str]]
READABLE = [
    one
    for one in (*SHOWN, *SHOWN_LINES, *SHOWN_DECLINED, *ANSWERS)
    if "longest" not in one.name and "question" not in one.name and one.name != "request_asked"
]


@pytest.mark.parametrize("one", READABLE, ids=lambda one: one.name)
def test_every_line_fits_a_phone(one: Shown, lines: Lines) -> None:
    for line in lines(one.draw()):
        if not line.startswith("["):
            shown = line.replace("*", "").replace("`", "").replace("<@U0", "@").replace(">", "")
            assert len(shown) <= 50, line


def buttons(message: Message) -> list[str]:
    """What the buttons and menus of the message ask."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    return [one["value"] if "value" in one else one["options"][0]["value"] for one in elements]


@pytest.mark.parametrize(
    "request_",
    [
        EXAMPLE,
        EXAMPLE_SEVERAL,
        because(Because.EXPIRY),
        because(Because.ASSIGNED),
        because(Because.CONFIRMED, words="<@U0PAT> <!channel>"),
    ],
    ids=["terms", "several", "expiry", "assigned", "confirmed"],
)
def test_nobody_is_called_by_the_post_itself(request_: Request) -> None:
    drawn = str(request_message(request_))
    assert "<@" not in drawn
    assert "<!channel" not in drawn


@pytest.mark.parametrize(
    ("step", "called"),
    [(Step.HALF, [ANA, BEN]), (Step.END, [ANA, BEN]), (Step.MANAGER, []), (Step.ARBITERS, [EVA])],
    ids=str,
)
def test_each_step_calls_those_who_must_act(step: Step, called: list[str]) -> None:
    said = reminder_message(EXAMPLE, step).blocks[0]["text"]["text"]
    assert [one for one in (ANA, BEN, EVA, "U0PAT") if f"<@{one}>" in said] == called


@pytest.mark.parametrize("step", STEPS, ids=str)
def test_a_reminder_tells_of_what_is_open(step: Step) -> None:
    drawn = reminder_message(partly(), step)
    assert "2 objectives" in drawn.text
    assert "fraud" not in str(drawn)


def test_a_team_that_slack_does_not_know_is_named() -> None:
    nameless = replace(EXAMPLE, team=replace(TEAM, members=()))
    assert reminder_message(nameless, Step.HALF).text.startswith("payments team: please acknowledge")


def reminded_of(reminded: int, *, manager: str | None = "U0PAT", arbiters: Team | None = MANAGERS) -> Request:
    late = replace(WALLET_ASKED, acknowledgement=replace(WALLET_ASKED.acknowledgement, reminded=reminded))
    return replace(requested(late), team=replace(TEAM, manager=manager), arbiters=arbiters)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            reminded_of(0), ["Answer by Mon 30 Nov 18:00,", "then the manager is asked."], id="at first"
        ),
        pytest.param(
            reminded_of(1), ["Answer by Mon 30 Nov 18:00,", "then the manager is asked."], id="half"
        ),
        pytest.param(
            reminded_of(0, manager=None),
            ["Answer by Mon 30 Nov 18:00,", "then the service level managers are asked."],
            id="without a manager",
        ),
        pytest.param(
            reminded_of(0, manager=None, arbiters=None), ["Answer by Mon 30 Nov 18:00."], id="nobody"
        ),
        pytest.param(
            replace(reminded_of(2), at=DUE + timedelta(hours=1)),
            ["An answer was due Mon 30 Nov 18:00,", "then the manager is asked."],
            id="late",
        ),
        pytest.param(
            replace(reminded_of(3), at=DUE + timedelta(days=1)),
            ["An answer was due Mon 30 Nov 18:00;", "the manager was asked."],
            id="the manager was asked",
        ),
        pytest.param(
            replace(reminded_of(4), at=DUE + timedelta(days=2)),
            ["An answer was due Mon 30 Nov 18:00;", "the service level managers were asked."],
            id="the arbiters were asked",
        ),
        pytest.param(
            replace(reminded_of(4, manager=None, arbiters=None), at=DUE + timedelta(days=2)),
            ["An answer was due Mon 30 Nov 18:00."],
            id="there was nobody",
        ),
    ],
)
def test_who_is_asked_next(facts: Request, words: list[str], lines: Lines) -> None:
    drawn = lines(request_message(facts))
    assert drawn[-1 - len(words) : -1] == words


def changed(**terms: object) -> Request:
    """The wallet's first terms beside others."""
    before = WALLET_ASKED.before
    assert before
    newest = replace(before, version=2, **terms)  # type: ignore[arg-type]
    objective = replace(WALLET_ASKED.objective, versions=(before, newest))
    return requested(replace(WALLET_ASKED, objective=objective, terms=newest))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        pytest.param({}, ["Target: *99.5%* each month", "May fail: 3 h 36 min a month"], id="nothing is new"),
        pytest.param(
            {"target": Fraction(999, 1000)},
            ["Target: 99.5% → *99.9%* each month", "With the new target you would have been:"],
            id="target",
        ),
        pytest.param(
            {"window": RollingWindow(days=7)},
            ["Target: 99.5% each month → *99.5% in 7 days*", "With the new terms you would have been:"],
            id="window",
        ),
        pytest.param(
            {"method": Occurrences()}, ["May fail: 3 h 36 min → *≈3 h 36 min* a month"], id="method"
        ),
        pytest.param(
            {"owner": "shop"},
            ["Owner: the payments team → *the shop team*", "By this target it was:"],
            id="owner",
        ),
        pytest.param({"owner": None}, ["Owner: the payments team → *nobody*"], id="no owner"),
        pytest.param(
            {"agreement": "checkout-sla"}, ["Promised to: shop team (OLA) → *retail (SLA)*"], id="agreement"
        ),
        pytest.param(
            {"agreement": None},
            ["Promised to: shop team (OLA)", "→ *nobody (no agreement)*"],
            id="no agreement",
        ),
    ],
)
def test_what_changed_stands_beside_what_was(
    terms: dict[str, object], words: list[str], lines: Lines
) -> None:
    drawn = lines(request_message(changed(**terms)))
    assert [line for line in words if line not in drawn] == []
    unchanged = {"Promised to: shop team (OLA), unchanged"} & set(drawn)
    assert bool(unchanged) is ("agreement" not in terms)


def of(terms: Terms, **known: object) -> Asked:
    return replace(WALLET_ASKED, terms=terms, before=None, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "line"),
    [
        pytest.param(of(WALLET_ASKED.terms), "May fail: 43 min a month", id="slices are exact"),
        pytest.param(of(SEVEN[1].terms), "May fail: ≈43 min in 30 days", id="requests as full outage"),
        pytest.param(
            of(replace(SEVEN[5].terms, target=Fraction(9999, 10_000)), events_a_day=Fraction(10)),
            "May fail: ≈0 payouts a month",
            id="rounded down",
        ),
        pytest.param(of(SEVEN[5].terms), "May fail: ≈7 h 12 min a month", id="traffic is not known"),
        pytest.param(
            of(replace(WALLET_ASKED.terms, target=Fraction(999_999, 1_000_000))),
            "May fail: under 1 min a month",
            id="hardly",
        ),
    ],
)
def test_what_may_fail(one: Asked, line: str, lines: Lines) -> None:
    assert line in lines(request_message(requested(one)))


def test_minutes_are_those_of_the_service_hours(lines: Lines) -> None:
    agreement = replace(PROMISES.agreements["wallet-ola"], service_hours="office")
    promises = Promises({"wallet-ola": agreement}, PROMISES.teams, {"office": Calendar("office")})
    facts = replace(requested(replace(WALLET_ASKED, before=None)), promises=promises)
    assert "May fail: 10 min of service hours a month" in lines(request_message(facts))


def test_new_service_hours_are_told_though_the_terms_are_the_same(lines: Lines) -> None:
    row = replace(acknowledgement(WALLET_ASKED.name, because=Because.TERMS), hours="mon–fri 08:00–18:00 UTC")
    one = replace(SEVEN[6], acknowledgement=row, earlier=acknowledgement(WALLET_ASKED.name))
    drawn = lines(request_message(requested(one)))
    assert "Its service hours are new:" in drawn
    assert drawn[drawn.index("Service hours: round the clock") + 1] == "→ *mon–fri 08:00–18:00 UTC*"


def test_the_hardest_is_the_one_that_was_met_least() -> None:
    good, bad = asked(CHECKOUT, days=PastDays(90, 90)), asked(PAYOUT, days=PastDays(3, 90))
    assert hardest([good, bad]) is bad
    assert hardest([bad, good]) is bad
    assert hardest([replace(one, days=None) for one in (good, bad)]).name == good.name, "the higher target"


def test_the_last_open_one_is_answered_by_itself() -> None:
    first, second, third = SEVEN[:3]
    two = request_message(requested(answered(first), second, third))
    assert buttons(two) == ["through payments", "ack all payments", "ask payments"]
    left = request_message(requested(answered(first), answered(second), third))
    assert buttons(left) == [f"ack {third.ref}", f"decline {third.ref}", f"ask {third.name}"]


@pytest.mark.parametrize(
    ("one", "asks"),
    [
        (
            WALLET_ASKED,
            ["ack wallet-availability@2", "decline wallet-availability@2", "ask wallet-availability"],
        ),
        (answered(WALLET_ASKED), ["who wallet-availability", "withdraw wallet-availability@2"]),
        (declined(WALLET_ASKED), ["ack wallet-availability@2", "who wallet-availability"]),
        (superseded(WALLET_ASKED), ["who wallet-availability"]),
    ],
    ids=["open", "acknowledged", "declined", "superseded"],
)
def test_buttons_name_the_version_that_was_read(one: Asked, asks: list[str]) -> None:
    assert buttons(request_message(requested(one))) == asks


def test_who_declined_may_still_acknowledge(lines: Lines) -> None:
    drawn = lines(request_message(requested(answered(declined(WALLET_ASKED, by=BEN), by=ANA))))
    assert drawn[0] == "✅ *wallet-availability* · acknowledged"
    assert not any("unrealistic" in line for line in drawn)


def gone(later: Acknowledgement | None = None, **objective: object) -> Request:
    one = superseded(WALLET_ASKED, later)
    return requested(replace(one, objective=replace(one.objective, **objective)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (gone(acknowledgement(WALLET_ASKED.name, version=3)), "New terms (version 3): they are"),
        (
            gone(replace(acknowledgement(WALLET_ASKED.name, version=3), team="shop")),
            "The shop team is asked instead.",
        ),
        (
            gone(
                replace(acknowledgement(WALLET_ASKED.name, version=3, because=Because.HANDOVER), team="shop")
            ),
            "The shop team answers for it now.",
        ),
        (gone(retired_at=LATER - timedelta(hours=1)), "The objective was retired."),
        (
            gone(versions=(replace(WALLET_ASKED.terms, owner=None),)),
            "Nobody is the owner now.",
        ),
        (gone(), "It is not promised at present."),
    ],
    ids=["terms", "another team", "handed over", "retired", "no owner", "no agreement in effect"],
)
def test_why_it_is_no_longer_asked(facts: Request, line: str, lines: Lines) -> None:
    assert lines(request_message(facts))[1] == line


def typed(form: Form, **values: str) -> str:
    """What is asked when the form is sent with these in its fields, as Slack sends them."""
    filled = {
        field.replace("_", "-"): {
            "filled": {"selected_option": {"value": value}, "value": value} if value else {"value": None}
        }
        for field, value in values.items()
    }
    view = form_view(form, Origin("C1"))
    for number, block in enumerate(one for one in view["blocks"] if one["type"] == "input"):
        options = block["element"].get("options")
        chosen = values[f"field_{number}"]
        assert not options or chosen in [option["value"] for option in options]
    return sent_form({**view, "state": {"values": filled}}).text


def test_forms_ask_what_could_be_typed() -> None:
    name = "wallet-availability"
    because_of = {"field_0": "terms-unclear", "field_1": "what is a failure?"}
    assert (
        typed(decline_form(EXAMPLE), **because_of)
        == f"decline {name}@2 terms-unclear because what is a failure?"
    )
    assert typed(question_form(EXAMPLE), field_0="who pays?") == f"ask {name} who pays?"
    one_of = {"field_0": "payout-latency", "field_1": "who pays?"}
    assert typed(question_form(EXAMPLE_SEVERAL), **one_of) == "ask payout-latency who pays?"
    assert typed(all_form(EXAMPLE_SEVERAL)) == f"ack all payments {EXAMPLE_SEVERAL.digest}"


@pytest.mark.parametrize("ground", Ground)
def test_on_the_way_through_every_answer_can_be_given(ground: Ground) -> None:
    form, name = through_form(EXAMPLE, left=2), "wallet-availability"
    no = f"decline {name}@2 {ground}"
    assert typed(form, field_0=no, field_1="too high") == f"{no} because too high"
    assert typed(form, field_0=f"ack {name}@2", field_1="") == f"ack {name}@2"
    assert (
        typed(form, field_0=f"through payments after {name}", field_1="") == f"through payments after {name}"
    )


def test_a_yes_to_all_counts_for_what_was_listed() -> None:
    drawn = listed(EXAMPLE_SEVERAL)
    assert buttons(drawn) == [f"ack all payments {EXAMPLE_SEVERAL.digest}"]
    assert all(one.name in str(drawn) for one in SEVEN)
    fewer = requested(answered(SEVEN[0]), *SEVEN[1:])
    assert buttons(listed(fewer)) != buttons(drawn)


def test_going_on_comes_back_to_those_that_stayed_open() -> None:
    names = [one.name for one in SEVEN]
    assert [one.name for one in EXAMPLE_SEVERAL.left(names[4])] == [*names[5:], *names[:4]]
    assert buttons(going_through(EXAMPLE_SEVERAL, after=names[4])) == [f"through payments after {names[4]}"]
    assert buttons(going_through(EXAMPLE, after="wallet-availability")) == []


def test_new_terms_are_answered_only_where_they_are_asked() -> None:
    assert buttons(stale(EXAMPLE))[0] == "ack wallet-availability@2"
    third = replace(WALLET_ASKED.terms, version=3)
    objective = replace(WALLET_ASKED.objective, versions=(*WALLET_ASKED.objective.versions, third))
    assert buttons(stale(requested(replace(WALLET_ASKED, objective=objective)))) == [
        "who wallet-availability"
    ]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([ANA], "<@U0ANA> can."),
        ([ANA, BEN], "<@U0ANA> and <@U0BEN> can."),
        ([f"U{n:04}" for n in range(12)], "<@U0009> and 2 more can."),
        (["kim@example.com"], "`members` to the team's file."),
    ],
    ids=["one", "two", "many", "nobody whom Slack knows"],
)
def test_who_can_answer(people: list[str], words: str, lines: Lines) -> None:
    assert lines(not_yours(EXAMPLE, people))[-1].endswith(words)

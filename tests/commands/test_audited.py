"""Everything that people do by a command is in the audit trail, once, with who did it; what was refused is not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from commands.registry import answer, attempt
from domain.acknowledgement import Because
from domain.asking import request_of
from domain.audit import Act, verify
from domain.audit_action import Action
from domain.team import Team, TeamKind
from messages.audit_words import WORDS
from storage.audit import Noted
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.open_warnings import warned

CHECKOUT = "checkout-availability"
LATENCY = "checkout-latency"
CARD = "card-auth-availability"
TEAMS = (
    Team("payments", channel="team-payments", members=("U0ANA",), manager="U0PAT"),
    Team("discovery", channel="discovery", members=("U0BEN",)),
    Team("slm", channel="slm", members=("U0EVA",), arbitrates=True),
    Team("retail", TeamKind.CUSTOMER, channel="retail-levels", members=("U0RET",)),
)
OURS = {"version": 1, "team": "payments"}
OVER = {"version": 1, "former": "payments", "team": "discovery", "handover": 1}
WORK = {
    "minutes": 240,
    "start": "2026-11-28T22:00:00+00:00",
    "words": "database upgrade",
    "work": f"{CHECKOUT}-2026-11-28",
}


@pytest.fixture
def store(organisation: Store) -> Store:
    """Payments was asked about two objectives, W-42 is open, and one arbitrates."""
    warned(organisation)
    with organisation.transaction() as tx:
        tx.teams.save(TEAMS)
        for one in tx.objectives.all():
            if one.name in (CHECKOUT, LATENCY):
                asked = request_of(one, TEAMS[0], Because.NEW, tx.promises, at=NOON - timedelta(days=1))
                tx.acknowledgements.add([asked])
    return organisation


def noted(store: Store) -> list[Noted]:
    """All of it, oldest first; the trail is whole."""
    with store.read() as tx:
        assert verify(tx.audit.entries(), tx.audit.start).broken is None
        return list(tx.audit.all())[::-1]


def done(store: Store, *steps: tuple[str, str]) -> Iterator[tuple[Action | str, str, str | None, object]]:
    """What was noted of the last of these asks, each by a person in the team's channel."""
    before = 0
    for person, text in steps:
        before = len(noted(store))
        tried = attempt(ask(text, person=person, channel="team-payments"), store)
        assert not tried.refused, tried
    for one in noted(store)[before:]:
        assert one.act.at == NOON
        yield one.act.action, one.act.subject, one.act.by, dict(one.act.facts)


YES = ("U0ANA", f"ack {CHECKOUT}")
NO = ("U0ANA", f"decline {CHECKOUT} not-ours because it is shop's")
PROPOSED = ("U0ANA", f"handover {CHECKOUT} to discovery because they search")
PLANNED = ("U0ANA", f"maintenance {CHECKOUT} from sat 22:00 to 02:00 because database upgrade")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param([YES], [(Action.ACKNOWLEDGED, CHECKOUT, "U0ANA", OURS)], id="acknowledged"),
        pytest.param(
            [YES, ("U0ANA", f"withdraw {CHECKOUT}")],
            [(Action.WITHDRAWN, CHECKOUT, "U0ANA", OURS)],
            id="withdrawn",
        ),
        pytest.param(
            [NO],
            [(Action.DECLINED, CHECKOUT, "U0ANA", OURS | {"ground": "not-ours", "words": "it is shop's"})],
            id="declined",
        ),
        pytest.param(
            [NO, ("U0EVA", f"confirm {CHECKOUT} because it is yours")],
            [(Action.CONFIRMED, CHECKOUT, "U0EVA", {"team": "payments", "words": "it is yours"})],
            id="confirmed",
        ),
        pytest.param(
            [("U0BEN", f"ask {CHECKOUT} who pays?")],
            [(Action.QUESTIONED, CHECKOUT, "U0BEN", {"words": "who pays?"})],
            id="asked",
        ),
        pytest.param(
            [("U0EVA", f"assign {CHECKOUT} to discovery because theirs")],
            [
                (
                    Action.ASSIGNED,
                    CHECKOUT,
                    "U0EVA",
                    {"version": 2, "team": "discovery", "former": "payments", "words": "theirs"},
                )
            ],
            id="assigned",
        ),
        pytest.param(
            [PROPOSED],
            [(Action.HANDOVER_PROPOSED, CHECKOUT, "U0ANA", OVER | {"words": "they search"})],
            id="a hand-over proposed",
        ),
        pytest.param(
            [PROPOSED, ("U0BEN", f"handover {CHECKOUT} agree")],
            [
                (Action.HANDOVER_AGREED, CHECKOUT, "U0BEN", OVER),
                (Action.HANDED_OVER, CHECKOUT, "U0BEN", OVER),
            ],
            id="agreed and so handed over",
        ),
        pytest.param(
            [PROPOSED, ("U0BEN", f"handover {CHECKOUT} refuse")],
            [(Action.HANDOVER_REFUSED, CHECKOUT, "U0BEN", OVER)],
            id="a hand-over refused",
        ),
        pytest.param(
            [("U0ANA", "ack W-42")],
            [(Action.WARNING_TAKEN, CARD, "U0ANA", {"warning": 42})],
            id="a warning taken",
        ),
        pytest.param(
            [("U0ANA", "ack W-42"), ("U0ANA", "ack W-42 back")],
            [(Action.WARNING_HANDED_BACK, CARD, "U0ANA", {"warning": 42})],
            id="a warning handed back",
        ),
        pytest.param(
            [("U0ANA", "snooze W-42 2h")],
            [
                (
                    Action.WARNING_SNOOZED,
                    CARD,
                    "U0ANA",
                    {"warning": 42, "until": "2026-11-24T14:00:00+00:00"},
                )
            ],
            id="a warning snoozed",
        ),
        pytest.param([PLANNED], [(Action.WORK_PLANNED, CHECKOUT, "U0ANA", WORK)], id="work planned"),
        pytest.param(
            [PLANNED, ("U0ANA", f"maintenance cancel {CHECKOUT}-2026-11-28")],
            [(Action.WORK_WITHDRAWN, CHECKOUT, "U0ANA", WORK)],
            id="work withdrawn",
        ),
        pytest.param(
            [("U0ANA", "digest at 08:30")],
            [(Action.DIGEST_CHANGED, "team:payments", "U0ANA", {"words": "at 08:30"})],
            id="a digest at another time",
        ),
        pytest.param(
            [("U0ANA", "digest here for checkout")],
            [(Action.DIGEST_SUBSCRIBED, "digest:C0TEAM-PAYMENTS", "U0ANA", {"names": ["service:checkout"]})],
            id="a roll-up",
        ),
        pytest.param(
            [("U0ANA", "status"), ("U0ANA", "mine"), ("U0ANA", "who checkout")], [], id="who only reads"
        ),
        pytest.param([YES, YES], [], id="said twice"),
    ],
)
def test_what_somebody_does_is_noted(
    steps: list[tuple[str, str]], expected: list[object], store: Store
) -> None:
    assert list(done(store, *steps)) == expected


def test_all_at_once_is_one_entry_an_objective(store: Store) -> None:
    [button] = [
        one["value"]
        for block in answer(ask("ack all", person="U0ANA"), store).blocks
        for one in block.get("elements", [])
        if one.get("value", "").startswith("ack all payments")
    ]
    assert sorted(done(store, ("U0ANA", button))) == [
        (Action.ACKNOWLEDGED, CHECKOUT, "U0ANA", OURS),
        (Action.ACKNOWLEDGED, LATENCY, "U0ANA", OURS),
    ]


@pytest.mark.parametrize(
    ("person", "text"),
    [
        pytest.param("U0BEN", f"ack {CHECKOUT}", id="not theirs"),
        pytest.param("U0ANA", f"assign {CHECKOUT} to discovery", id="not an arbiter"),
        pytest.param("U0ANA", f"decline {CHECKOUT} whatever", id="no such ground"),
        pytest.param("U0BEN", "digest at 08:30", id="not their digest"),
    ],
)
def test_what_is_refused_is_not_noted(person: str, text: str, store: Store) -> None:
    answer(ask(text, person=person, channel="team-payments"), store)
    assert noted(store) == []


def test_a_history_tells_what_was_done(store: Store) -> None:
    for _ in range(5):
        list(done(store, YES, ("U0ANA", f"withdraw {CHECKOUT}")))
    told = answer(ask(f"history {CHECKOUT}", person="U0ANA"), store)
    [section] = [one for one in told.blocks if "What was done" in str(one)]
    lines = section["text"]["text"].splitlines()
    assert lines[:3] == [
        "*What was done*",
        "24 Nov · <@U0ANA> withdrew the yes (version 1)",
        "24 Nov · <@U0ANA> acknowledged it (version 1)",
    ]
    assert lines[9:] == [f"… 2 more: `steward audit list {CHECKOUT}`"]


def test_a_history_tells_of_work_on_its_service_and_of_nothing_else(store: Store) -> None:
    with store.transaction() as tx:
        facts = {"work": "upgrade"}
        subjects = ("service:checkout", "service:search", LATENCY)
        tx.audit.note_all(Act(Action.WORK_PLANNED, one, "U0ANA", NOON, facts) for one in subjects)
    told = str(answer(ask(f"history {CHECKOUT}", person="U0ANA"), store).blocks)
    assert told.count("planned work (upgrade)") == 1


@pytest.mark.parametrize("text", [f"history {CHECKOUT}", f"hist {CHECKOUT} by week"])
def test_outsiders_read_nothing_of_it(text: str, store: Store) -> None:
    list(done(store, YES))
    told = answer(ask(text, person="U0RET", channel="retail-levels"), store)
    assert "internal" in told.text
    assert "acknowledged it" not in str(told)


def test_every_action_has_its_words() -> None:
    assert list(WORDS) == list(Action)

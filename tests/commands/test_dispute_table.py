"""Who may do what about a dispute: every state, every action, every role; allowed, or refused with which words."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.ask import Ask
from commands.dispute_meant import require
from commands.registry import attempt
from domain.agreement import Agreement, AgreementKind
from domain.dispute import Action, Contested, DisputeStage, Joined, Outcome, Ruling
from domain.minutes import minute_of
from domain.refusal import Refusal
from domain.team import Team, TeamKind
from storage.store import Store
from storage.transaction import Transaction
from tests.fakes.disputes import contested, raise_dispute, ruling_on
from tests.fakes.organisation import MANAGERS, measure, objective, organise

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAME = "checkout-availability"
START = minute_of(NOON) - 120
SPAN = (START, START + 26)
PEOPLE = ("U0ANA", "U0KIM", "U0JOE", "U0EVA", "U0IDA", "U0ZOE")
"""Of the raiser, the counterpart, who joined; the arbiter (of the appeal: of the first ruling), a manager, nobody."""

DO = {
    Action.AGREE: "answer D-1 agree",
    Action.CONTEST: "answer D-1 contest because no",
    Action.PROPOSE: "answer D-1 propose 2026-11-24 10:00 to 10:10 because half",
    Action.ACCEPT: "answer D-1 accept",
    Action.REFUSE: "answer D-1 refuse because no",
    Action.WITHDRAW: "withdraw D-1",
    Action.RULE: "rule D-1 rejected because no",
    Action.APPEAL: "appeal D-1 because no",
    Action.REASSIGN: "rule D-1 to <@U0IDA>",
    Action.ADD: "answer D-1 add because https://wiki.example.com",
}
WORDS = {
    "-": "Only ",
    "t": "That cannot be done now: ",
    "n": "You belong to a party of D-1",
    "r": "D-1 was ruled already.",
    "o": "D-1 is over: ",
    "1": "There is one appeal, and D-1 had it.",
    "l": "Only who lost D-1 can appeal.",
    "x": "The time for an appeal against D-1 is over.",
}
"""What somebody who may not is told, by its letter in the tables; "y" is who may."""

ANSWERS = {
    "agree": "tttttt",
    "contest": "tttttt",
    "propose": "tttttt",
    "accept": "tttttt",
    "refuse": "tttttt",
}
OVER = {str(action): "oooooo" for action in DO}
RULED = {
    **ANSWERS,
    "withdraw": "rrrrrr",
    "rule": "nnnrrr",
    "appeal": "yy----",
    "reassign": "tttttt",
    "add": "tttttt",
}
TABLE = {
    "answering": {
        **ANSWERS,
        "agree": "-y----",
        "contest": "-y----",
        "propose": "-y----",
        "withdraw": "y-----",
        "rule": "nnnttt",
        "appeal": "tttttt",
        "reassign": "tttttt",
        "add": "yyy---",
    },
    "proposed": {
        **ANSWERS,
        "accept": "y-----",
        "refuse": "y-----",
        "withdraw": "y-----",
        "rule": "nnnttt",
        "appeal": "tttttt",
        "reassign": "tttttt",
        "add": "yyy---",
    },
    "ruling": {
        **ANSWERS,
        "withdraw": "y-----",
        "rule": "nnny--",
        "appeal": "tttttt",
        "reassign": "---yy-",
        "add": "yyyy--",
    },
    "ruled": RULED,
    "ruled: rejected": {**RULED, "appeal": "yl----"},
    "ruled: upheld": {**RULED, "appeal": "ly----"},
    "ruled: too late": {**RULED, "appeal": "xx----"},
    "appealed": {
        **ANSWERS,
        "withdraw": "rrrrrr",
        "rule": "nnn-y-",
        "appeal": "111111",
        "reassign": "---yy-",
        "add": "yyy-y-",
    },
    "settled": OVER,
    "final": OVER,
    "withdrawn": OVER,
    "answering: cannot answer": {
        **ANSWERS,
        "agree": "---yy-",
        "contest": "---yy-",
        "propose": "---yy-",
        "withdraw": "y-----",
        "rule": "ntnttt",
        "appeal": "tttttt",
        "reassign": "tttttt",
        "add": "y-yyy-",
    },
}
OUTCOMES = {"ruled: rejected": Outcome.REJECTED, "ruled: upheld": Outcome.UPHELD}


@dataclass(frozen=True)
class Case:
    """One row of the tables."""

    state: str
    action: Action
    row: str

    @property
    def stage(self) -> DisputeStage:
        return DisputeStage(self.state.partition(":")[0])


CASES = [Case(state, Action(action), row) for state, rows in TABLE.items() for action, row in rows.items()]


def test_the_tables_have_every_state_and_every_action() -> None:
    assert {case.stage for case in CASES} == set(DisputeStage)
    actions = {str(action) for action in Action}
    assert all({str(action) for action in rows} == actions for rows in TABLE.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.state} {case.action}")
def test_who_may_and_what_the_others_are_told(case: Case, sqlite_store: Store) -> None:
    in_state(sqlite_store, case)
    for person, letter in zip(PEOPLE, case.row, strict=True):
        if letter == "y":
            assert refusal(sqlite_store, case, person) == "", person
        else:
            told = attempt(ask(case, person), sqlite_store).refused
            assert told.startswith(WORDS[letter]), (person, told)
    able = [person for person, letter in zip(PEOPLE, case.row, strict=True) if letter == "y"]
    if able:
        assert attempt(ask(case, able[0]), sqlite_store).refused == ""


def ask(case: Case, person: str) -> Ask:
    return Ask("default", DO[case.action], person, "C0ELSE", "elsewhere", NOON)


def refusal(store: Store, case: Case, person: str) -> str:
    with store.read() as tx:
        one = tx.disputes.numbered(1)
        assert one is not None
        try:
            require(tx, one, case.action, ask(case, person))
        except Refusal as refused:
            return str(refused)
    return ""


def in_state(store: Store, case: Case) -> None:
    """An organisation with D-1 in that state."""
    mute = case.state.endswith("cannot answer")
    payments = Team("payments", channel="#payments", members=("U0ANA",))
    search = Team("search", channel="#search", members=("U0JOE",))
    retail = Team("retail", TeamKind.CUSTOMER, channel="#retail", members=("U0KIM",))
    counterpart = replace(retail, channel=None, members=()) if mute else retail
    managers = replace(MANAGERS, members=("U0EVA", "U0IDA"))
    made = objective(NAME, "payments")
    promised = replace(made, versions=(replace(made.versions[0], agreement="checkout-sla"),))
    organise(store, [payments, search, counterpart, managers], [promised])
    measure(store, NAME, since=NOON - timedelta(hours=6), until=NOON, bad=120)
    with store.transaction() as tx:
        tx.agreements.save([Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")])
        one = raise_dispute(tx, NAME, contested(SPAN), **_state(case))
        if case.stage in (DisputeStage.RULED, DisputeStage.APPEALED, DisputeStage.FINAL):
            with tx.measurements.recounted():
                tx.rulings.add(one, _ruling(tx, case))


def _ruling(tx: Transaction, case: Case) -> Ruling:
    one = tx.disputes.numbered(1)
    assert one is not None
    outcome = OUTCOMES.get(case.state, Outcome.PARTLY)
    return ruling_on(one, contested(SPAN), "agreement", outcome=outcome)


def _state(case: Case) -> dict[str, object]:
    due = NOON - timedelta(hours=1) if case.state.endswith("too late") else NOON + timedelta(days=3)
    arbiters: dict[DisputeStage, dict[str, object]] = {
        DisputeStage.PROPOSED: {"proposed": Contested(contested(SPAN).claim, ((START, START + 10),))},
        DisputeStage.RULING: {"arbiter": "U0EVA"},
        DisputeStage.RULED: {"arbiter": "U0EVA"},
        DisputeStage.APPEALED: {"arbiter": "U0IDA", "first_arbiter": "U0EVA", "appealed_by": "retail"},
    }
    over = case.stage in (DisputeStage.SETTLED, DisputeStage.FINAL, DisputeStage.WITHDRAWN)
    return {
        "stage": case.stage,
        "due_at": None if over else due,
        "ended_at": NOON if over else None,
        "joined": (Joined("search", "U0JOE", NOON, "ours too"),),
        "with_customer": True,
        **arbiters.get(case.stage, {}),
    }

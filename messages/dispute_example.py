"""The dispute of the messages' examples: D-17, the payments team against retail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.dispute import (
    Claim,
    Contested,
    Dispute,
    DisputeGround,
    DisputeStage,
    Effect,
    Outcome,
    Ruling,
)
from domain.dispute_told import DisputeTold, Entry
from domain.layered import Layered
from domain.measurement import Measurement
from domain.minutes import minute_of
from domain.standing import Standing
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    MINUTES,
    NINE,
    NOVEMBER,
    PAYMENTS,
    RETAIL,
    objective,
    slices,
    standing,
)

FIRST = minute_of(datetime(2026, 11, 20, 20, 14, tzinfo=UTC))
UNTIL_HALF = FIRST + 18
LAST = FIRST + 26
RAISED_AT = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
ANSWER_BY = datetime(2026, 11, 26, 16, tzinfo=UTC)
CONTESTED_AT = NINE + timedelta(hours=2)
RULE_BY = datetime(2026, 12, 2, 16, tzinfo=UTC)
RULED_AT = datetime(2026, 11, 25, 9, 40, tzinfo=UTC)
APPEAL_BY = datetime(2026, 12, 2, 9, 40, tzinfo=UTC)
ANA, KIM, EVA, MIA = "U0ANA1234", "U0KIM1234", "U0EVA1234", "U0MIA1234"
CLAIM = "Your load test ran against production."
LOG = "The log shows the test until 21:32."
NO_PROOF = "The log is of another system."

ALL = Contested(Claim.LEAVE, ((FIRST, LAST),))
HALF = Contested(Claim.LEAVE, ((FIRST, UNTIL_HALF),))
RAISED = Dispute(
    number=17,
    objective=CARD_AUTH.name,
    ground=DisputeGround.OUT_OF_SCOPE,
    version=1,
    agreement="checkout-sla",
    owner="payments",
    raiser="payments",
    counterpart="retail",
    words=CLAIM,
    raised_by=ANA,
    raised_at=RAISED_AT,
    stage=DisputeStage.ANSWERING,
    turn_since=RAISED_AT,
    due_at=ANSWER_BY,
    contested=ALL,
    with_customer=True,
)
RAISE = Entry(RAISED_AT, ANA, "payments", "raise", CLAIM)
LINKS = Entry(RAISED_AT, ANA, "payments", "add", "https://wiki.example.com/load-test")
CONTEST = Entry(CONTESTED_AT, KIM, "retail", "contest", "The test ended at 21:32.")


def _without(minutes: int) -> Standing:
    of = objective(CARD_AUTH.name, "99.9", NOVEMBER, MINUTES, agreement="checkout-sla")
    return standing(of, slices(33_660 - minutes, 56 - minutes))


MEASURED_MINUTES = tuple(Measurement(minute, 0, 40) for minute in range(FIRST, LAST))
BEFORE = Layered(CARD_AUTH, CARD_AUTH, CARD_AUTH, _without(26))

EXAMPLE = DisputeTold(
    RAISED,
    PAYMENTS,
    RETAIL,
    NINE,
    agreement=AGREEMENTS["checkout-sla"],
    layered=BEFORE,
    record=(RAISE, LINKS),
    measured=MEASURED_MINUTES,
    to="payments",
)
"""As the payments team reads it on Tuesday morning: retail's turn."""

PROPOSED = replace(
    EXAMPLE,
    dispute=RAISED.propose(HALF, at=CONTESTED_AT, due_at=ANSWER_BY + timedelta(days=1)),
    at=CONTESTED_AT,
    record=(RAISE, LINKS, Entry(CONTESTED_AT, KIM, "retail", "propose", "The test ended at 21:32.")),
)
SETTLED = replace(
    EXAMPLE,
    dispute=RAISED.settle(at=RULED_AT),
    at=RULED_AT,
    layered=Layered(CARD_AUTH, _without(26), _without(26), _without(26)),
    rulings=(Ruling(17, 0, Outcome.SETTLED, Effect.EXCLUSION, "agreement", ALL, "", KIM, RULED_AT),),
    record=(RAISE, LINKS, Entry(RULED_AT, KIM, "retail", "agree", "")),
)
CONTESTED = replace(
    EXAMPLE,
    dispute=RAISED.go_to(EVA, at=CONTESTED_AT, due_at=RULE_BY),
    at=CONTESTED_AT,
    record=(RAISE, LINKS, CONTEST),
    similar=(Ruling(9, 1, Outcome.UPHELD, Effect.EXCLUSION, "agreement", HALF, LOG, EVA, RAISED_AT),),
)
RULING = Ruling(17, 1, Outcome.PARTLY, Effect.EXCLUSION, "agreement", HALF, LOG, EVA, RULED_AT)
RULED = replace(
    CONTESTED,
    dispute=CONTESTED.dispute.rule(at=RULED_AT, appeal_by=APPEAL_BY),
    at=RULED_AT,
    layered=Layered(CARD_AUTH, _without(18), _without(18), _without(18)),
    rulings=(RULING,),
    record=(*CONTESTED.record, Entry(RULED_AT, EVA, None, "rule", f"upheld in part. {LOG}")),
)
APPEALED = replace(
    RULED,
    dispute=RULED.dispute.appeal("retail", MIA, at=RULED_AT, due_at=RULE_BY + timedelta(days=7)),
    layered=Layered(CARD_AUTH, _without(18), _without(18), _without(26)),
    record=(*RULED.record, Entry(RULED_AT, KIM, "retail", "appeal", "The log is not ours.")),
)
FINAL = replace(
    APPEALED,
    dispute=APPEALED.dispute.rule(at=APPEAL_BY, appeal_by=APPEAL_BY),
    at=APPEAL_BY,
    layered=Layered(CARD_AUTH, CARD_AUTH, CARD_AUTH, CARD_AUTH),
    rulings=(
        RULING,
        Ruling(17, 2, Outcome.REJECTED, Effect.NOTE, None, Contested(), NO_PROOF, MIA, APPEAL_BY),
    ),
)
WITHDRAWN = replace(
    EXAMPLE,
    dispute=RAISED.withdraw(at=CONTESTED_AT),
    at=CONTESTED_AT,
    record=(RAISE, LINKS, Entry(CONTESTED_AT, ANA, "payments", "withdraw", "")),
)

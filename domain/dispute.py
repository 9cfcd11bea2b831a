"""Disputes: a contested figure, owner or target; two parties, an arbiter, one appeal.

Everything here is one step of one dispute, as a value: who may take it is for `may`, when it is due for the caller.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from domain.measurement import Measurement
from domain.spans import Span


class Subject(StrEnum):
    """What is contested."""

    MINUTES = "minutes"
    OWNER = "owner"
    TARGET = "target"


class DisputeGround(StrEnum):
    """Why. Source: the error budget policy of the SRE Workbook (own fault is no ground: those minutes count)."""

    DEPENDENCY = "dependency-fault"
    OUT_OF_SCOPE = "out-of-scope"
    MISCATEGORISED = "miscategorised"
    WRONG_DATA = "wrong-data"
    PLANNED_WORK = "planned-work"
    TARGET_WRONG = "target-wrong"
    NOT_OURS = "not-ours"

    @property
    def subject(self) -> Subject:
        """What it contests."""
        return {self.TARGET_WRONG: Subject.TARGET, self.NOT_OURS: Subject.OWNER}.get(self, Subject.MINUTES)


class Claim(StrEnum):
    """What is to become of the minutes: they do not count, some of their bad events do not, or all of them failed."""

    LEAVE = "leave"
    EVENTS = "events"
    FAILED = "failed"
    NOTHING = "nothing"


class DisputeStage(StrEnum):
    """Whose turn it is, or how it ended."""

    ANSWERING = "answering"
    PROPOSED = "proposed"
    RULING = "ruling"
    RULED = "ruled"
    APPEALED = "appealed"
    SETTLED = "settled"
    FINAL = "final"
    WITHDRAWN = "withdrawn"


UNDECIDED = frozenset(
    {DisputeStage.ANSWERING, DisputeStage.PROPOSED, DisputeStage.RULING, DisputeStage.APPEALED}
)
"""The stages in which an outcome is still to come: the objective is contested."""
OVER = frozenset({DisputeStage.SETTLED, DisputeStage.FINAL, DisputeStage.WITHDRAWN})


class Action(StrEnum):
    """What somebody can do about a dispute."""

    AGREE = "agree"
    CONTEST = "contest"
    PROPOSE = "propose"
    ACCEPT = "accept"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    RULE = "rule"
    APPEAL = "appeal"
    REASSIGN = "reassign"
    ADD = "add"


class DisputeRole(StrEnum):
    """What somebody is to a dispute; one person may be several.

    RECORDER: a service level manager who may write down the answer of a counterpart that cannot answer in Slack.
    """

    RAISER = "raiser"
    COUNTERPART = "counterpart"
    JOINED = "joined"
    RECORDER = "recorder"
    ARBITER = "arbiter"
    MANAGER = "manager"
    OTHER = "other"


PARTIES = frozenset({DisputeRole.RAISER, DisputeRole.COUNTERPART, DisputeRole.JOINED})


class Denial(StrEnum):
    """Why somebody may not."""

    NOT_YOURS = "it is for others to do"
    NOT_NOW = "it is not the time for it"
    OVER = "the dispute is over"
    RULED = "it was ruled already"
    APPEALED_ONCE = "there is one appeal, and it was made"
    TOO_LATE = "the time for an appeal is over"
    NOT_LOST = "only who lost can appeal"
    NOT_NEUTRAL = "the arbiter belongs to a party"


class Outcome(StrEnum):
    """How a dispute was decided."""

    SETTLED = "settled"
    UPHELD = "upheld"
    PARTLY = "upheld in part"
    REJECTED = "rejected"


class Effect(StrEnum):
    """What an outcome does: a layer above the measured data, or nothing but a note."""

    EXCLUSION = "exclusion"
    FAULT = "fault"
    CORRECTION = "correction"
    NEW_OWNER = "owner"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Contested:
    """The minutes in question, and what is to become of them; `events` is the share, in whole bad events.

    `corrections` are what the minutes would count as instead, where they do not leave whole.
    """

    claim: Claim = Claim.NOTHING
    spans: tuple[Span, ...] = ()
    events: int | None = None
    corrections: tuple[Measurement, ...] = ()

    @property
    def minutes(self) -> int:
        """How many minutes the spans have."""
        return sum(end - start for start, end in self.spans)


NOTHING_CONTESTED = Contested()


@dataclass(frozen=True, slots=True)
class Joined:
    """A second team that contests the same minutes."""

    team: str
    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """D-`number`: `raiser` contests something of an objective against `counterpart`.

    `owner`, `agreement` and `version` are the objective's as it was raised; `with_customer` says whether the
    customer of the agreement is a party. `due_at` is until when whose turn it is should act (a ruled one: until when
    it can be appealed). `id` is the row's; 0 before it is saved.
    """

    number: int
    objective: str
    ground: DisputeGround
    version: int
    agreement: str | None
    owner: str | None
    raiser: str
    counterpart: str
    words: str
    raised_by: str
    raised_at: datetime
    stage: DisputeStage
    turn_since: datetime
    due_at: datetime | None
    contested: Contested = NOTHING_CONTESTED
    with_customer: bool = False
    new_owner: str | None = None
    reminded: int = 0
    unanswered: bool = False
    proposed: Contested = NOTHING_CONTESTED
    arbiter: str | None = None
    first_arbiter: str | None = None
    appealed_by: str | None = None
    joined: tuple[Joined, ...] = ()
    ended_at: datetime | None = None
    id: int = 0

    @property
    def called(self) -> str:
        """Its number as people say it."""
        return f"D-{self.number}"

    @property
    def undecided(self) -> bool:
        """Whether an outcome is still to come."""
        return self.stage in UNDECIDED

    @property
    def teams(self) -> tuple[str, ...]:
        """The parties, with who joined, each once."""
        return tuple(dict.fromkeys([self.raiser, self.counterpart, *(one.team for one in self.joined)]))

    @property
    def turn(self) -> str | None:
        """The name of the team whose turn it is; None where it is an arbiter's or nobody's."""
        return {DisputeStage.ANSWERING: self.counterpart, DisputeStage.PROPOSED: self.raiser}.get(self.stage)

    def key(self, team: str) -> str:
        """Of the notice in that team's channel."""
        return f"dispute:{self.number}:{team}"

    def overlaps(self, spans: Collection[Span]) -> bool:
        """Whether it is about one of these minutes."""
        return any(a < d and c < b for a, b in self.contested.spans for c, d in spans)

    def settle(self, *, at: datetime) -> Self:
        """Both parties agree."""
        return self._ended(DisputeStage.SETTLED, at)

    def propose(self, part: Contested, *, at: datetime, due_at: datetime) -> Self:
        """The counterpart would agree to a part: the raiser's turn."""
        return self._turn(DisputeStage.PROPOSED, at, due_at, proposed=part)

    def go_to(self, arbiter: str | None, *, at: datetime, due_at: datetime, unanswered: bool = False) -> Self:
        """An arbiter is to rule; None where nobody is neutral."""
        return self._turn(DisputeStage.RULING, at, due_at, arbiter=arbiter, unanswered=unanswered)

    def reassign(self, arbiter: str, *, at: datetime, due_at: datetime) -> Self:
        """Another arbiter is to rule."""
        return self._turn(self.stage, at, due_at, arbiter=arbiter)

    def rule(self, *, at: datetime, appeal_by: datetime) -> Self:
        """Ruled; final where it was the appeal."""
        if self.stage is DisputeStage.APPEALED:
            return self._ended(DisputeStage.FINAL, at)
        return self._turn(DisputeStage.RULED, at, appeal_by)

    def appeal(self, team: str, arbiter: str | None, *, at: datetime, due_at: datetime) -> Self:
        """The losing party asks for another arbiter's ruling."""
        return self._turn(
            DisputeStage.APPEALED, at, due_at, arbiter=arbiter, first_arbiter=self.arbiter, appealed_by=team
        )

    def finalise(self, *, at: datetime) -> Self:
        """Nobody appealed in time."""
        return self._ended(DisputeStage.FINAL, at)

    def withdraw(self, *, at: datetime) -> Self:
        """The raiser takes it back."""
        return self._ended(DisputeStage.WITHDRAWN, at)

    def join(self, team: str, *, by: str, at: datetime, words: str) -> Self:
        """A second team contests the same."""
        return replace(self, joined=(*self.joined, Joined(team, by, at, words)))

    def remind(self) -> Self:
        """Whose turn it is was reminded once more."""
        return replace(self, reminded=self.reminded + 1)

    def _turn(self, stage: DisputeStage, at: datetime, due_at: datetime | None, **changes: object) -> Self:
        turned = replace(self, stage=stage, turn_since=at, due_at=due_at, reminded=0)
        return replace(turned, **changes)  # type: ignore[arg-type]

    def _ended(self, stage: DisputeStage, at: datetime) -> Self:
        return replace(self, stage=stage, turn_since=at, due_at=None, reminded=0, ended_at=at)


@dataclass(frozen=True, slots=True)
class Ruling:
    """An outcome: of a settlement (`instance` 0), of the arbiter (1), of the appeal (2).

    `layer` is that of the figures it changes, "agreement" or "owner"; None where it changes none.
    """

    dispute: int
    instance: int
    outcome: Outcome
    effect: Effect
    layer: str | None
    contested: Contested
    reasons: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    id: int = 0


_WHO: dict[tuple[DisputeStage, Action], frozenset[DisputeRole]] = {
    (DisputeStage.ANSWERING, Action.AGREE): frozenset({DisputeRole.COUNTERPART, DisputeRole.RECORDER}),
    (DisputeStage.ANSWERING, Action.CONTEST): frozenset({DisputeRole.COUNTERPART, DisputeRole.RECORDER}),
    (DisputeStage.ANSWERING, Action.PROPOSE): frozenset({DisputeRole.COUNTERPART, DisputeRole.RECORDER}),
    (DisputeStage.PROPOSED, Action.ACCEPT): frozenset({DisputeRole.RAISER}),
    (DisputeStage.PROPOSED, Action.REFUSE): frozenset({DisputeRole.RAISER}),
    (DisputeStage.ANSWERING, Action.WITHDRAW): frozenset({DisputeRole.RAISER}),
    (DisputeStage.PROPOSED, Action.WITHDRAW): frozenset({DisputeRole.RAISER}),
    (DisputeStage.RULING, Action.WITHDRAW): frozenset({DisputeRole.RAISER}),
    (DisputeStage.RULING, Action.RULE): frozenset({DisputeRole.ARBITER}),
    (DisputeStage.APPEALED, Action.RULE): frozenset({DisputeRole.ARBITER}),
    (DisputeStage.RULING, Action.REASSIGN): frozenset({DisputeRole.MANAGER}),
    (DisputeStage.APPEALED, Action.REASSIGN): frozenset({DisputeRole.MANAGER}),
    (DisputeStage.RULED, Action.APPEAL): frozenset(
        {DisputeRole.RAISER, DisputeRole.COUNTERPART, DisputeRole.RECORDER}
    ),
    **{(stage, Action.ADD): PARTIES | {DisputeRole.RECORDER, DisputeRole.ARBITER} for stage in UNDECIDED},
}


def may(
    one: Dispute, action: Action, roles: Collection[DisputeRole], *, at: datetime, last: Ruling | None = None
) -> Denial | None:
    """Why somebody who is `roles` may not do that now; None where they may. `last` is the ruling that holds.

    Whoever belongs to a party never rules, whatever else they are.
    """
    if one.stage in OVER:
        return Denial.OVER
    if action is Action.RULE and PARTIES & set(roles):
        return Denial.NOT_NEUTRAL
    permitted = _WHO.get((one.stage, action))
    if permitted is None:
        return _not_now(one, action)
    if not permitted & set(roles):
        return Denial.NOT_YOURS
    return _appeal_denied(one, roles, last, at) if action is Action.APPEAL else None


def _not_now(one: Dispute, action: Action) -> Denial:
    ruled = one.stage in (DisputeStage.RULED, DisputeStage.APPEALED)
    if ruled and action in (Action.RULE, Action.WITHDRAW):
        return Denial.RULED
    if one.stage is DisputeStage.APPEALED and action is Action.APPEAL:
        return Denial.APPEALED_ONCE
    return Denial.NOT_NOW


def _appeal_denied(
    one: Dispute, roles: Collection[DisputeRole], last: Ruling | None, at: datetime
) -> Denial | None:
    if one.due_at is not None and at >= one.due_at:
        return Denial.TOO_LATE
    if last is None or last.outcome is Outcome.PARTLY:
        return None
    loser = (
        {DisputeRole.RAISER}
        if last.outcome is Outcome.REJECTED
        else {DisputeRole.COUNTERPART, DisputeRole.RECORDER}
    )
    return None if loser & set(roles) else Denial.NOT_LOST


def effect_of(one: Dispute, outcome: Outcome, part: Contested) -> tuple[Effect, str | None]:
    """What an outcome does, and in which layer of the figures.

    Of the agreement where its customer is a party to the dispute (or there is no agreement); a dependency's
    fault is the owner's only, unless the customer agreed.
    """
    if outcome is Outcome.REJECTED or one.ground is DisputeGround.TARGET_WRONG:
        return Effect.NOTE, None
    if one.ground is DisputeGround.NOT_OURS:
        return Effect.NEW_OWNER, None
    bound = one.with_customer or one.agreement is None
    if one.ground is DisputeGround.DEPENDENCY:
        agreed = one.with_customer and outcome is Outcome.SETTLED
        return Effect.FAULT, "agreement" if agreed else "owner"
    effect = Effect.CORRECTION if part.corrections else Effect.EXCLUSION
    return effect, "agreement" if bound else "owner"

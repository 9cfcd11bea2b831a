"""Who had acknowledged an objective at an instant, from all that its teams were ever asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.acknowledgement import Acknowledgement, Stage, promise_of
from domain.objective import Objective, Terms


@dataclass(frozen=True, slots=True)
class Answers:
    """`holding` is the yes to the terms in force, `pending` what was asked after that; each as it was then."""

    holding: Acknowledgement | None = None
    pending: Acknowledgement | None = None

    @property
    def asked(self) -> bool:
        """Whether anybody was asked."""
        return self.holding is not None or self.pending is not None

    def missing(self, *, at: datetime) -> bool:
        """Whether an answer is lacking at `at`, or was a no."""
        return self.pending is not None and self.pending.is_missing(at=at)

    @property
    def declined(self) -> bool:
        """Whether the team said no, and nobody decided yet."""
        return self.pending is not None and self.pending.stage is Stage.DECLINED


NO_ANSWERS = Answers()


def answers_at(asked: Sequence[Acknowledgement], objective: Objective, *, at: datetime) -> Answers:
    """What was known at `at`; `asked` is all about the objective, oldest first."""
    known = [_as_of(one, at) for one in asked if one.asked_at <= at]
    if not known:
        return NO_ANSWERS
    newest, terms = known[-1], objective.terms(at=at)
    yes = next((one for one in reversed(known) if _holds(one, objective, terms, at)), None)
    # Other service hours are another promise, and agreements have no versions: the newest row knows them.
    holding = yes if yes and yes.hours == newest.hours else None
    pending = newest if newest is not yes and newest.stage is not Stage.SUPERSEDED else None
    return Answers(holding, pending)


def _as_of(one: Acknowledgement, at: datetime) -> Acknowledgement:
    """Without what happened to it later."""
    if one.ended_at is not None and one.ended_at <= at:
        return one
    kept = replace(one, ended_by=None, ended_at=None)
    if one.answered_at is None or one.answered_at > at:
        return replace(
            kept, stage=Stage.OPEN, answered_by=None, answered_at=None, ground=None, expires_at=None
        )
    return replace(kept, stage=Stage.DECLINED if one.ground else Stage.ACKNOWLEDGED)


def _holds(one: Acknowledgement, objective: Objective, terms: Terms, at: datetime) -> bool:
    """Whether it is a yes of the owner to what these terms promise."""
    if one.stage is not Stage.ACKNOWLEDGED or one.expires_at is None or one.expires_at <= at:
        return False
    asked = next((each for each in objective.versions if each.version == one.version), None)
    return asked is not None and one.team == terms.owner and promise_of(asked) == promise_of(terms)

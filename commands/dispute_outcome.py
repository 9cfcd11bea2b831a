"""An outcome takes effect: the ruling, the figures, a new owner; all in one transaction."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from commands.ask import Ask
from commands.handover_facts import the_objective
from commands.new_owner import Wanted, ask_owner, end_requests, give, overtake, redraw_all
from domain.acknowledgement import Because
from domain.dispute import Contested, Dispute, DisputeGround, DisputeStage, Effect, Outcome, Ruling, effect_of
from domain.dispute_request import span_meant
from domain.refusal import Refusal
from domain.spans import Spans
from storage.transaction import Transaction

INSTANCE = {DisputeStage.RULING: 1, DisputeStage.APPEALED: 2}


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, by whom it is for the asker to say."""

    outcome: Outcome
    part: Contested
    reasons: str = ""


def decide(tx: Transaction, before: Dispute, after: Dispute, decision: Decision, ask: Ask) -> None:
    """`after` is the dispute with that outcome. Under the lock."""
    effect, layer = effect_of(before, decision.outcome, decision.part)
    ruling = Ruling(
        before.number,
        INSTANCE.get(before.stage, 0),
        decision.outcome,
        effect,
        layer,
        decision.part,
        decision.reasons,
        ask.person,
        ask.at,
    )
    with tx.measurements.recounted():
        tx.rulings.add(before, ruling)
        tx.disputes.save(after)
    if effect is Effect.NEW_OWNER:
        _hand_on(tx, before, decision, ask)


def _hand_on(tx: Transaction, one: Dispute, decision: Decision, ask: Ask) -> None:
    """It goes to the team that was said to own it, which is asked to acknowledge it."""
    objective = the_objective(tx, one.objective, ask)
    team = tx.teams.by_name(one.new_owner or one.counterpart)
    if objective is None or team is None or objective.versions[-1].owner == team.name:
        return
    overtake(tx, objective.name, ask)
    given = give(tx, objective, team, ask)
    ended = end_requests(tx, objective.name, ask, decided=True)
    ask_owner(tx, given, Wanted(Because.ASSIGNED, f"{one.called}: {decision.reasons or one.words}"), ask)
    redraw_all(tx, ended, ask)


def part_meant(tx: Transaction, one: Dispute, text: str, zone: str, ask: Ask) -> Contested:
    """The part of what is contested that "from … to …" or "18 events" says. Raises `Refusal`."""
    if one.ground in (DisputeGround.NOT_OURS, DisputeGround.TARGET_WRONG):
        raise Refusal("That is the objective's as a whole: there is no part.\nAgree, or contest it.")
    words = text.strip()
    if one.contested.events is not None:
        return _events(tx, one, words)
    span = span_meant(words.lower().removeprefix("from").strip(), ZoneInfo(zone), at=ask.at)
    inside = tuple(part for each in one.contested.spans for part in Spans([each]).within(*span))
    if sum(end - start for start, end in inside) != span[1] - span[0]:
        raise Refusal("That is not within what is contested.\nSay minutes between those of the dispute.")
    return tx.dispute_facts.contesting(one.objective, one.contested.claim, inside, None)


def _events(tx: Transaction, one: Dispute, words: str) -> Contested:
    digits = words.lower().removesuffix("events").replace(",", "").strip()
    most = one.contested.events or 0
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits[:20]) <= most:
        raise Refusal(f"How many of the {most:,} events? For example `part 18 events`.")
    return tx.dispute_facts.contesting(one.objective, one.contested.claim, one.contested.spans, int(digits))

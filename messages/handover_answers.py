"""What whoever proposes, agrees to or refuses a hand-over is told."""

from collections.abc import Sequence

from domain.handover import Handover, HandoverStage
from domain.team import Team
from messages.asking import ask_button, askable
from messages.blocks import Block, actions, section
from messages.escaping import plain
from messages.handover import Handing, when_words
from messages.message import Message
from messages.parties import team_words
from messages.planned import person_words
from messages.undelivered import channel_words
from messages.warning_times import without_tokens

MOST_NAMED = 10


def proposed(facts: Handing, told: Sequence[Team]) -> Message:
    """To whoever proposed it; `told` are the teams whose channels hear of it."""
    where = " and ".join(f"{team_words(one)} in {channel_words(one.channel or '')}" for one in told)
    asked = _missing_words(facts)
    lines = [
        f"🤝 {_name(facts)}: proposed to go from the",
        f"{team_words(facts.giver)} to the {team_words(facts.taker)}. {asked} to agree.",
        f"Told: {where}" if where else "Neither team has a channel: tell them yourself.",
    ]
    return _answer(lines, _show(facts.handover))


def agreed(facts: Handing) -> Message:
    """To whoever agreed: who has to agree yet, or that it is done."""
    if facts.handover.stage is HandoverStage.DONE:
        lines = [
            f"✅ {_name(facts)} is the {team_words(facts.taker)}'s now,",
            "and acknowledged with that.",
        ]
        return _answer(lines, *_buttons([("Who answers", f"who {facts.handover.objective}")]))
    lines = [f"You have agreed. {_missing_words(facts, still=True)} to agree."]
    return _answer(lines, _show(facts.handover))


def refused(facts: Handing) -> Message:
    """To whoever refused, or took back what they had proposed."""
    return _answer([f"✋ {_name(facts)} stays with the {team_words(facts.giver)}."])


def is_over(facts: Handing) -> Message:
    """To whoever comes too late: what came of it."""
    one = facts.handover
    when = when_words(one.ended_at, facts.dates) if one.ended_at else ""
    match one.stage:
        case HandoverStage.DONE:
            said = f"{_name(facts)} was handed over to the\n{team_words(facts.taker)} on {when}."
        case HandoverStage.REFUSED:
            said = f"{person_words(one.ended_by or '')} refused this on {when}:\n{_name(facts)} is not handed over."
        case _:
            said = f"The terms or the owner of {_name(facts)}\nhave changed meanwhile, so this has ended."
    return _answer([said, "Nothing to do."], *_buttons([("Who answers", f"who {one.objective}")]))


def has_agreed(facts: Handing) -> Message:
    """To somebody whose team has agreed."""
    said = [
        f"{person_words(by)} agreed for the {team_words(team)}."
        for team, by, _ in facts.teams
        if by and team.name not in facts.handover.missing
    ]
    return _answer([*said, f"{_missing_words(facts, still=True)} to agree."], _show(facts.handover))


def not_for_both(facts: Handing, others: Sequence[str], *, command: str = "/slm") -> Message:
    """To somebody of both teams who agreed for one; `others` are the people who can agree for the other."""
    who = _people(others)
    remedy = f"{who} can." if who else f"The service level managers can: `{command} assign NAME to TEAM`"
    return _answer(["You agreed for one team; somebody else has to", f"agree for the other. {remedy}"])


def not_theirs(facts: Handing, able: Sequence[str]) -> Message:
    """To somebody of neither team; `able` are people who can answer."""
    teams = f"the {team_words(facts.giver)} and the {team_words(facts.taker)}"
    who = _people(able)
    return _answer([f"Only {teams} can answer this.", *([f"{who} can."] if who else [])])


def already_open(facts: Handing) -> Message:
    """To whoever proposes another one while one is open."""
    one = facts.handover
    lines = [
        f"A hand-over of {_name(facts)} is open already: from the",
        f"{team_words(facts.giver)} to the {team_words(facts.taker)}, proposed by {person_words(one.proposed_by)}.",
    ]
    refuse = ("Refuse", f"handover {one.objective} refuse@{one.id}")
    return _answer(lines, *_buttons([("Show it", f"handover {one.objective}"), refuse]))


def _missing_words(facts: Handing, *, still: bool = False) -> str:
    """ "The shop team has", "The payments team and the shop team still have"."""
    missing = [f"the {team_words(team)}" for team, by, _ in facts.teams if by is None]
    words = " and ".join(missing)
    return (
        f"{words[:1].upper()}{words[1:]} {'still ' if still else ''}{'has' if len(missing) == 1 else 'have'}"
    )


def _people(people: Sequence[str]) -> str:
    """ "@ana, @ben and @pat"."""
    named = [person_words(one) for one in people[:MOST_NAMED]]
    more = [f"{len(people) - len(named)} more"] if len(people) > len(named) else []
    words = [*named, *more]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _name(facts: Handing) -> str:
    return plain(facts.handover.objective)


def _show(one: Handover) -> Block | None:
    return next(iter(_buttons([("Show it", f"handover {one.objective}")])), None)


def _buttons(asks: Sequence[tuple[str, str]]) -> list[Block]:
    return [ask_button(label, text) for label, text in asks if askable(text)]


def _answer(lines: Sequence[str], *buttons: Block | None) -> Message:
    able = [one for one in buttons if one]
    text = " ".join(without_tokens(" ".join(lines)).split())
    return Message(text, (section(*lines), *([actions(*able)] if able else [])))

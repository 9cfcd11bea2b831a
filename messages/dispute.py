"""A dispute, as it stands in the channels of its parties: one message each, edited in place."""

from collections.abc import Iterator

from domain.dispute import DisputeGround, DisputeStage, Joined, Outcome
from domain.dispute_told import DisputeTold
from domain.notice import Content
from messages.asking import ask_button, form_button, form_menu
from messages.blocks import Block, actions, context, section
from messages.dates import Dates
from messages.dispute_words import (
    GROUND_WORDS,
    STAGE_WORDS,
    amount_words,
    asked_words,
    by_words,
    effect_lines,
    figure_lines,
    last_of,
    outcome_words,
    party_words,
    said,
    spans_lines,
    when_words,
    whose,
)
from messages.escaping import plain
from messages.message import Message
from messages.parties import team_words
from messages.planned import person_words
from messages.room import fitting

MINUTES = "Show the minutes"
MOST_JOINED = 3
ROOM_OF_JOINED = 1_000


def dispute_message(told: DisputeTold) -> Message:
    """What is contested, the figures, whose turn it is, and what can be done; or what came of it."""
    figures = figure_lines(told)
    blocks = [
        section(*_head(told)),
        *([section(figures)] if figures else []),
        section(*_turn(told)),
        *_buttons(told),
        context(f"Figures of {when_words(told.at, _dates(told))}") if figures else None,
    ]
    return Message(push_words(told), tuple(block for block in blocks if block))


def dispute_contents(told: DisputeTold) -> Iterator[tuple[str, Content]]:
    """The key of each party's message with what it says now."""
    for team in dict.fromkeys([*told.dispute.teams, *(one.name for one in told.managers)]):
        yield told.dispute.key(team), dispute_message(told.read_by(team)).content


def push_words(told: DisputeTold) -> str:
    """All that a lock screen shows."""
    one, dates = told.dispute, _dates(told)
    name, raiser, other = plain(one.objective), team_words(told.raiser), team_words(told.counterpart)
    match one.stage:
        case DisputeStage.ANSWERING:
            due = f" {by_words(one.due_at, dates)}" if one.due_at else ""
            return f"{one.called}: {raiser} contests {_contested(told)} of {name}. {other} answers{due}."
        case DisputeStage.PROPOSED:
            part = amount_words(one.proposed, one.contested)
            return f"{one.called}: {other} proposes {part}. {raiser} answers."
        case DisputeStage.RULING | DisputeStage.APPEALED:
            return f"{one.called} about {name}: the arbiter's turn"
        case DisputeStage.WITHDRAWN:
            return f"{one.called} about {name} was withdrawn"
        case _:
            outcome = outcome_words(one, told.ruling) if told.ruling else STAGE_WORDS[one.stage]
            return f"{one.called} about {name}: {outcome[:1].lower()}{outcome[1:]}"


def _contested(told: DisputeTold) -> str:
    one = told.dispute
    if one.ground is DisputeGround.NOT_OURS:
        return "the owner"
    return "the target" if one.ground is DisputeGround.TARGET_WRONG else amount_words(one.contested)


def _head(told: DisputeTold) -> list[str]:
    one, dates = told.dispute, _dates(told)
    lines = [
        f"⚖️ *{one.called} · {plain(one.objective)} · {STAGE_WORDS[one.stage]}*",
        f"*{team_words(told.raiser)}* asks *{team_words(told.counterpart)}*: {asked_words(one)}",
        *spans_lines(one.contested.spans, dates),
        f"Ground: {GROUND_WORDS[one.ground]}",
        f"{said(one.words)} {person_words(one.raised_by)}",
    ]
    lines += fitting(one.joined, _joined, most=MOST_JOINED, room=ROOM_OF_JOINED)
    added = sum(entry.action == "add" for entry in told.record)
    return [*lines, *([f"Evidence: {added} in the thread"] if added else [])]


def _joined(one: Joined) -> str:
    return f"Joined by {plain(one.team)}: {said(one.words)} {person_words(one.by)}"


def _turn(told: DisputeTold) -> list[str]:
    one = told.dispute
    match one.stage:
        case DisputeStage.ANSWERING:
            return _answering(told)
        case DisputeStage.PROPOSED:
            return _proposed(told)
        case DisputeStage.RULING | DisputeStage.APPEALED:
            return [*_before_ruling(told), _arbiter(told)]
        case DisputeStage.WITHDRAWN:
            entry = last_of(told, "withdraw")
            who = f" by {person_words(entry.by)}" if entry and entry.by else ""
            when = f", {when_words(entry.at, _dates(told))}" if entry else ""
            return [f"Withdrawn{who}{when}", "Nothing changes."]
        case _:
            return _decided(told)


def _answering(told: DisputeTold) -> list[str]:
    due = told.dispute.due_at
    until = f", {by_words(due, _dates(told))}." if due else "."
    return [
        f"*{whose(team_words(told.counterpart))} turn*{until}",
        "No answer by then: it goes to an arbiter.",
    ]


def _proposed(told: DisputeTold) -> list[str]:
    one, entry = told.dispute, last_of(told, "propose")
    who = f" by {person_words(entry.by)}" if entry and entry.by else ""
    words = f" {said(entry.words)}" if entry and entry.words else ""
    until = f", {by_words(one.due_at, _dates(told))}." if one.due_at else "."
    return [
        f"Proposed{who}: {amount_words(one.proposed, one.contested)}.{words}",
        *spans_lines(one.proposed.spans, _dates(told)),
        f"*{whose(team_words(told.raiser))} turn*{until}",
        "No answer by then: it goes to an arbiter.",
    ]


def _before_ruling(told: DisputeTold) -> list[str]:
    one = told.dispute
    if one.stage is DisputeStage.APPEALED:
        entry = last_of(told, "appeal")
        first = told.ruling
        words = f" {said(entry.words)}" if entry and entry.words else ""
        ruled = (
            [f"{outcome_words(one, first)} by {person_words(first.by)}. {said(first.reasons)}"]
            if first
            else []
        )
        return [*ruled, f"Appealed by {party_words(told, one.appealed_by)}.{words}"]
    if one.unanswered:
        return [f"{team_words(told.counterpart)} did not answer in time."]
    entry = last_of(told, "contest", "refuse")
    if entry is None:
        return []
    how = "Contested" if entry.action == "contest" else "The proposal was refused"
    words = f": {said(entry.words)}" if entry.words else "."
    return [f"{how} by {person_words(entry.by or '')}{words}"]


def _arbiter(told: DisputeTold) -> str:
    one = told.dispute
    if one.arbiter is None:
        return (
            "Nobody neutral can rule: every service level manager\nbelongs to a party. "
            "An operator can name an arbiter in the agreement."
        )
    until = f", {by_words(one.due_at, _dates(told))}." if one.due_at else "."
    return f"*Arbiter's turn:* {person_words(one.arbiter)}{until}"


def _decided(told: DisputeTold) -> list[str]:
    one, ruling, dates = told.dispute, told.ruling, _dates(told)
    if ruling is None:
        return []
    if ruling.outcome is Outcome.SETTLED:
        entry = last_of(told, "agree", "accept")
        team = f" for {party_words(told, entry.team)}" if entry and entry.team else ""
        head = [
            f"Agreed by {person_words(ruling.by)}{team}, {when_words(ruling.at, dates)}",
            f"Settled: {amount_words(ruling.contested, one.contested)}" if one.contested.spans else "Settled",
        ]
    else:
        head = [f"{outcome_words(one, ruling)}, by {person_words(ruling.by)}, {when_words(ruling.at, dates)}"]
        head += [said(ruling.reasons)] if ruling.reasons else []
    changed = ruling.contested.spans and ruling.contested.spans != one.contested.spans
    head += spans_lines(ruling.contested.spans, dates) if changed else []
    last = (
        [f"Appeal {by_words(one.due_at, dates)}."] if one.stage is DisputeStage.RULED and one.due_at else []
    )
    final = ["This is final."] if one.stage is DisputeStage.FINAL else []
    return [*head, *effect_lines(told, ruling), *last, *final]


def _buttons(told: DisputeTold) -> list[Block]:
    one = told.dispute
    d = one.called
    show = [ask_button(MINUTES, f"show {d} minutes")] if one.contested.spans else []
    match one.stage:
        case DisputeStage.ANSWERING:
            made = [
                ask_button("Agree", f"answer {d} agree"),
                form_button("Contest…", f"answer {d} contest"),
                *([form_button("Propose…", f"answer {d} propose")] if one.contested.spans else []),
            ]
            return [actions(*made, _menu(told, minutes=True))]
        case DisputeStage.PROPOSED:
            made = [
                ask_button("Accept", f"answer {d} accept"),
                form_button("Refuse…", f"answer {d} refuse"),
            ]
            return [actions(*made, _menu(told, minutes=True))]
        case DisputeStage.RULING | DisputeStage.APPEALED:
            return [actions(form_button("Rule…", f"rule {d}"), *show, _menu(told))]
        case DisputeStage.RULED:
            return [actions(form_button("Appeal…", f"appeal {d}"), *show)]
        case _:
            return [actions(*show)] if show else []


def _menu(told: DisputeTold, *, minutes: bool = False) -> Block:
    d, stage = told.dispute.called, told.dispute.stage
    options = [(MINUTES, f"show {d} minutes")] if minutes and told.dispute.contested.spans else []
    options.append(("Add evidence…", f"answer {d} add"))
    if stage is not DisputeStage.APPEALED:
        options.append(("Withdraw", f"withdraw {d}"))
    return form_menu(options, place=f"dispute:{d}")


def _dates(told: DisputeTold) -> Dates:
    return Dates(told.at, told.reader.timezone)

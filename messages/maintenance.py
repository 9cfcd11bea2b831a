"""Answers of `/slm maintenance`: what is planned, what was planned just now, what was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.announcement import Effect
from domain.exclusion import Exclusion
from domain.team import Team
from domain.window import Period
from messages.announcement import EFFECTS, NIGHT, RETAIL, UPGRADE
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN, NINE, PAYMENTS
from messages.message import Message
from messages.parties import team_words
from messages.planned import (
    effects_texts,
    for_outsiders,
    names_lines,
    objectives_words,
    quoted_reason,
    span_lines,
    span_words,
)
from messages.room import fitting, flowing, pieces
from messages.undelivered import channel_words

MOST_LISTED = 60
ROOM_OF_LIST = 10_000
MOST_OVERLAPS = 5
MOST_TOLD = 12
ROOM_OF_TOLD = 1200


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next or running occurrence of planned work, and the objectives meant that it concerns."""

    exclusion: Exclusion
    occurrence: Period
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedList:
    """What is ahead or running for `title`, which is written as it is; an `outsider` sees no names of ours."""

    title: str
    ahead: Sequence[Ahead]
    dates: Dates
    outsider: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAnswer:
    """What was planned or withdrawn: what it means, who was told, who has no channel, what it overlaps with."""

    exclusion: Exclusion
    occurrence: Period
    effects: Sequence[Effect]
    dates: Dates
    told: Sequence[Team] = ()
    unheard: Sequence[Team] = ()
    overlaps: Sequence[Ahead] = ()


def planned_list(facts: PlannedList, *, command: str = "/slm") -> Message:
    """What is planned, soonest first."""
    head = f"*Planned work · {facts.title}*"
    example = f"`{command} maintenance NAME from sat 22:00 to 02:00 because …`"
    if not facts.ahead:
        lines = [head, "Nothing is planned.", *([] if facts.outsider else [f"Plan some: {example}"])]
        return Message(f"Planned work, {facts.title}: nothing.", (section(*lines),))
    ranked = sorted(facts.ahead, key=lambda one: (one.occurrence.start, one.exclusion.name))
    shown = fitting(ranked, lambda one: _entry(one, facts), most=MOST_LISTED, room=ROOM_OF_LIST)
    texts = pieces(shown)
    if len(ranked) > len(shown):
        texts.append(f"and {len(ranked) - len(shown):,} later ones: `{command} maintenance NAME`")
    first = f"{objectives_words(ranked[0].objectives)}, {span_words(ranked[0].occurrence, facts.dates)}"
    more = f" and {len(ranked) - 1:,} more" if len(ranked) > 1 else ""
    hint = "" if facts.outsider else f"take one back: `{command} maintenance cancel WORK`"
    return Message(
        f"Planned work, {facts.title}: {first}{more}.", (section(head), *map(section, texts)), hint=hint
    )


def work_planned(facts: PlannedAnswer, *, command: str = "/slm") -> Message:
    """What was planned just now, and what it means."""
    names = _names(facts)
    head = section(
        f"🛠️ *Planned work* · {objectives_words(names)}",
        *span_lines(facts.occurrence, facts.dates),
        quoted_reason(facts.exclusion.reason),
    )
    counting = sum(len(effect.objectives) for effect in facts.effects if not effect.in_time)
    late = f" Announced too late for {counting:,}: there it counts." if counting else ""
    name = plain(facts.exclusion.name)
    blocks = (
        head,
        *map(section, effects_texts(facts.effects)),
        *_overlaps(facts),
        section(*_told(facts), f"Its name: `{name}`"),
    )
    text = f"Planned: {objectives_words(names)}, {span_words(facts.occurrence, facts.dates)}.{late}"
    return Message(text, blocks, hint=f"take it back: `{command} maintenance cancel {name}`")


def work_withdrawn(facts: PlannedAnswer) -> Message:
    """What was taken back, and from when on all counts again."""
    exclusion, names = facts.exclusion, _names(facts)
    ran = exclusion.withdrawn_at is not None and facts.occurrence.start < exclusion.withdrawn_at
    how = "ended now: what was done until now stays as planned" if ran else "withdrawn: all counts as usual"
    lines = [
        f"☑️ `{plain(exclusion.name)}` is {how}.",
        *span_lines(facts.occurrence, facts.dates),
        *(["and all later dates"] if exclusion.recurs else []),
        *names_lines(names),
        *_told(facts),
    ]
    return Message(f"{plain(exclusion.name)} is {how}.", (section(*lines),))


def _entry(one: Ahead, facts: PlannedList) -> str:
    exclusion, names = one.exclusion, one.objectives
    running = " · *now*" if one.occurrence.start <= facts.dates.at else ""
    reason = for_outsiders(exclusion.reason) if facts.outsider else exclusion.reason
    recurring = " · recurring" if exclusion.recurs else ""
    work = [] if facts.outsider else [f"`{plain(exclusion.name)}`{recurring}"]
    lines = [*span_lines(one.occurrence, facts.dates)[:1], *flowing([quoted_reason(reason), *work])]
    return "\n  ".join([f"🛠️ {objectives_words(names)}{running}", *lines])


def _names(facts: PlannedAnswer) -> list[str]:
    return sorted(name for effect in facts.effects for name in effect.objectives)


def _overlaps(facts: PlannedAnswer) -> list[Block]:
    if not facts.overlaps:
        return []
    lines = fitting(
        facts.overlaps,
        lambda one: f"`{plain(one.exclusion.name)}`: {span_words(one.occurrence, facts.dates)}",
        most=MOST_OVERLAPS,
        room=ROOM_OF_TOLD,
    )
    left = len(facts.overlaps) - len(lines)
    return [section("*Overlaps with*", *lines, *([f"and {left:,} more"] if left else []))]


def _told(facts: PlannedAnswer) -> list[str]:
    """Who hears of it where, and who cannot."""
    told = _as_many_as_fit([f"{team_words(one)} in {channel_words(one.channel or '')}" for one in facts.told])
    unheard = _as_many_as_fit([team_words(one) for one in facts.unheard])
    lines = flowing([f"Told: {told[0]}", *told[1:]]) if told else ["Nobody is told."]
    if unheard:
        lines += flowing([f"No channel, so tell yourself: {unheard[0]}", *unheard[1:]])
    return lines


def _as_many_as_fit(words: Sequence[str]) -> list[str]:
    shown = fitting(words, str, most=MOST_TOLD, room=ROOM_OF_TOLD)
    left = len(words) - len(shown)
    return [*shown, *([f"and {left:,} more"] if left else [])]


DATES = Dates(NINE, BERLIN)
CLEAN_UP = Exclusion(
    "ledger-clean-up",
    (datetime.fromtimestamp(NINE.timestamp() - 3600, NINE.tzinfo),),
    timedelta(hours=2),
    "Clean-up of old exports",
    NINE - timedelta(days=30),
    objectives=("ledger-export-freshness",),
    recurs="FREQ=WEEKLY;BYDAY=TU",
)
RUNNING = Period(CLEAN_UP.starts[0], CLEAN_UP.starts[0] + CLEAN_UP.length)
CHECKOUT_NAMES = ("checkout-availability", "invoice-availability", "wallet-availability")
EXAMPLE_LIST = PlannedList(
    team_words(PAYMENTS),
    (Ahead(UPGRADE, NIGHT, CHECKOUT_NAMES), Ahead(CLEAN_UP, RUNNING, CLEAN_UP.objectives)),
    DATES,
)
EXAMPLE = PlannedAnswer(UPGRADE, NIGHT, EFFECTS, DATES, (PAYMENTS, RETAIL))

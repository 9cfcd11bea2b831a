"""What a person's teams were asked, and what waits for decisions: a line and a button each."""

from collections.abc import Iterator, Mapping, Sequence

from domain.acknowledgement import Acknowledgement, Because
from domain.handover import Handover
from domain.questions import Questions
from domain.team import Team
from messages.asking import ask_button, askable, form_button
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import SHORT, team_words
from messages.room import fitting
from messages.waiting import MANAGERS, MOST_ONE_BY_ONE, handover_of

MOST = 5
MOST_AWAITED = 4
ROOM_OF_AWAITED = 800
Asked = Mapping[Team, Questions]

WHY: Mapping[Because, str] = {
    Because.NEW: "acknowledge it",
    Because.TERMS: "acknowledge new terms",
    Because.EXPIRY: "acknowledge it again",
    Because.WITHDRAWN: "acknowledge it again",
}


def question_sections(asked: Asked, deciding: Sequence[Acknowledgement], dates: Dates) -> list[Block]:
    """What to acknowledge, to agree to, to decide; of more than there is room for the first."""
    things = _things(asked, deciding, dates)
    rest = len(things) - MOST
    return [*things[:MOST], *([section(f"and {rest:,} more")] if rest > 0 else [])]


def question_count(asked: Asked, deciding: Sequence[Acknowledgement], dates: Dates) -> int:
    """How many things those are: what one message asks of a team about many objectives is one."""
    return len(_things(asked, deciding, dates))


def awaited_lines(asked: Asked, dates: Dates) -> list[str]:
    """What the person's teams wait for: decisions about what they declined, others' agreement to hand-overs."""
    lines = list(_awaited(asked, dates))
    shown = fitting(lines, str, most=MOST_AWAITED, room=ROOM_OF_AWAITED)
    rest = len(lines) - len(shown)
    return [*shown, *([f"and {rest:,} more"] if rest else [])]


def _things(asked: Asked, deciding: Sequence[Acknowledgement], dates: Dates) -> list[Block]:
    found: list[Block] = []
    for team, questions in asked.items():
        found += _requests(team, questions.open, dates)
        found += [_handed(one, team, dates) for one in questions.handovers_to(team.name)]
    return [*found, *(_declined(one, dates) for one in deciding)]


def _requests(team: Team, found: Sequence[Acknowledgement], dates: Dates) -> list[Block]:
    if len(found) > MOST_ONE_BY_ONE:
        return [_many(team, found, dates)]
    names = ["", *sorted(one.objective for one in found)]
    before = dict(zip(names[1:], names, strict=False))
    return [_request(one, _look(team, after=before[one.objective]), dates) for one in found]


def _look(team: Team, *, after: str = "") -> tuple[str, str]:
    """Opens what is asked, with all that there is to know of it: the first after that name."""
    return "Look…", f"through {team.name}{f' after {after}' if after else ''}"


def _request(one: Acknowledgement, look: tuple[str, str], dates: Dates) -> Block:
    """ "✍️ wallet-availability: acknowledge new terms", by when."""
    what = WHY.get(one.because, "acknowledge it")
    return _line(f"✍️ {plain(one.objective)}: {what}", _by(one, dates), look)


def _many(team: Team, found: Sequence[Acknowledgement], dates: Dates) -> Block:
    words = f"✍️ {len(found):,} objectives of the {team_words(team)}: acknowledge"
    return _line(words, f"the first {_by(found[0], dates)}", _look(team))


def _handed(one: Handover, team: Team, dates: Dates) -> Block:
    other = f"from {plain(one.giver, SHORT)}" if one.taker == team.name else f"to {plain(one.taker, SHORT)}"
    since = f"proposed {dates.since(one.proposed_at)}"
    return _line(
        f"🤝 {plain(one.objective)}: hand-over {other}", since, ("Look", f"handover {one.objective}")
    )


def _declined(one: Acknowledgement, dates: Dates) -> Block:
    ground = f"{one.ground.said}; " if one.ground else ""
    words = f"✋ {plain(one.objective)}: declined by {plain(one.team, SHORT)}"
    since = f"{ground}you decide, since {dates.since(one.answered_at or one.asked_at)}"
    return _line(words, since, ("Assign…", f"assign {one.objective}"))


def _line(words: str, under: str, pressed: tuple[str, str]) -> Block:
    label, text = pressed
    made = form_button if label.endswith("…") else ask_button
    return section(words, under, accessory=made(label, text) if askable(text) else None)


def _by(one: Acknowledgement, dates: Dates) -> str:
    """ "by Mon 30 Nov"."""
    word = "was due" if one.due_at < dates.at else "by"
    return f"{word} {dates.day(dates.local(one.due_at).date())}"


def _awaited(asked: Asked, dates: Dates) -> Iterator[str]:
    for team, questions in asked.items():
        for one in questions.declined:
            yield f"✋ {plain(one.objective)}: the {MANAGERS},\nsince {dates.since(one.answered_at or one.asked_at)}"
        yield from (handover_of(one, team.name) for one in questions.handovers_of(team.name))

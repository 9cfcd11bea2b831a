"""A hand-over, as both teams see it: what is taken on, who agreed, and what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Self

from domain.acknowledgement import Acknowledgement, Because
from domain.handover import Handover, HandoverStage
from domain.planned import Promises
from domain.request import Asked, PastDays, Request
from domain.standing import Standing
from domain.team import Team
from messages.amounts import attainment_percent, budget_words
from messages.asking import askable
from messages.blocks import Block, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, BERLIN, CHECKOUT, NINE, PAYMENTS, RETAIL
from messages.message import Message
from messages.parties import team_words
from messages.planned import person_words, quoted_reason
from messages.request_buttons import row
from messages.request_terms import asked_lines
from messages.states import state_words
from messages.warning_people import call_team


@dataclass(frozen=True, slots=True)
class Handing:
    """A hand-over between two teams, read at `at` by the team `to`; nobody in particular where it is "".

    `request` tells of the one objective as its taker would be asked about it, and `standing` how it stands;
    both are needed only while it is open.
    """

    handover: Handover
    giver: Team
    taker: Team
    at: datetime
    to: str = ""
    request: Request | None = None
    standing: Standing | None = None

    def read_by(self, team: str) -> Self:
        """The same, as `team` reads it."""
        return replace(self, to=team)

    @property
    def teams(self) -> tuple[tuple[Team, str | None, datetime | None], ...]:
        """Both teams, with who agreed for each, and when."""
        one = self.handover
        return (self.giver, one.giver_by, one.giver_at), (self.taker, one.taker_by, one.taker_at)

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of the team that reads it."""
        reader = self.taker if self.to == self.taker.name else self.giver
        return Dates(self.at, reader.timezone)


def handover_message(facts: Handing, *, command: str = "/slm") -> Message:
    """Asks both teams while it is open; what came of it afterwards, with who and when."""
    match facts.handover.stage:
        case HandoverStage.OPEN:
            return Message(_asks(facts), (*_terms(facts), *_agreed(facts), *_answers(facts, command)))
        case HandoverStage.DONE:
            return _done(facts)
        case HandoverStage.REFUSED:
            return _refused(facts)
        case HandoverStage.OVERTAKEN:
            return _overtaken(facts, command)


def way_words(facts: Handing) -> str:
    """ "From the payments team to the shop team"."""
    return f"From the {team_words(facts.giver)} to the {team_words(facts.taker)}"


def when_words(instant: datetime, dates: Dates) -> str:
    """ "Tue 24 Nov 09:12"."""
    return f"{dates.day(dates.local(instant).date())} {dates.time(instant)}"


def _asks(facts: Handing) -> str:
    name, giver, taker = plain(facts.handover.objective), team_words(facts.giver), team_words(facts.taker)
    if facts.to == facts.taker.name and facts.to in facts.handover.missing:
        return f"{taker}: please take over {name} from the {giver}"
    if facts.to == facts.giver.name and facts.to in facts.handover.missing:
        return f"{giver}: please hand {name} over to the {taker}"
    return f"{name} is to go from the {giver} to the {taker}"


def _terms(facts: Handing) -> list[Block]:
    """What is taken on, and how it does."""
    one, request = facts.handover, facts.request
    head = [f"🤝 *Hand over: {plain(one.objective)}*", way_words(facts)]
    why = [quoted_reason(one.words)] if one.words else []
    if one.proposed_by not in (one.giver_by, one.taker_by):
        why.append(f"Proposed by {person_words(one.proposed_by)}")
    told = [section(*head, *([" ".join(why)] if why else []))]
    asked = [replace(each, before=None) for each in request.asked] if request else []
    if request and asked:
        terms, *others = asked_lines(asked[0], request)
        told += [
            section(*terms),
            section(*_now(facts), *others[0]),
            *(section(*lines) for lines in others[1:]),
        ]
    return told


def _now(facts: Handing) -> list[str]:
    standing = facts.standing
    if standing is None:
        return []
    figure = attainment_percent(standing)
    return [f"Now: {state_words(standing)}{f', {figure}' if figure else ''}", budget_words(standing)]


def _agreed(facts: Handing) -> list[Block]:
    """Who agreed for each team; those who still have to are called, in their own channel only."""
    lines = []
    for team, by, at in facts.teams:
        if by and at:
            how = "proposed by" if by == facts.handover.proposed_by else "agreed by"
            said = f"{how} {person_words(by)}, {when_words(at, facts.dates)}"
        else:
            called = call_team(team) if team.name == facts.to else ""
            said = f"nobody yet. {called}".strip()
        lines.append(f"{team_words(team)}: {said}")
    keeps = f"What was measured before stays the {team_words(facts.giver)}'s."
    return [section(*lines), section(f"One person of each team has to agree.\n{keeps}")]


def _answers(facts: Handing, command: str) -> list[Block]:
    """Buttons; how to type the same where the name is too long for them."""
    one = facts.handover
    asks = [
        ("Agree", f"handover {one.objective} agree@{one.id}"),
        ("Refuse", f"handover {one.objective} refuse@{one.id}"),
        ("Explain", f"explain {one.objective}"),
    ]
    typed = section(f"Agree: `{command} handover NAME agree`")
    return row(asks) if askable(asks[1][1]) else [typed]


def _done(facts: Handing) -> Message:
    one, name = facts.handover, plain(facts.handover.objective)
    ended = when_words(one.ended_at or facts.at, facts.dates)
    agreed = [f"{person_words(by)} for the {team_words(team)}" for team, by, _ in facts.teams if by]
    lines = [
        f"✅ *{name}* · handed over",
        f"{way_words(facts)}, {ended}",
        *([quoted_reason(one.words)] if one.words else []),
        f"Agreed by {' and '.join(agreed)}",
        f"With that the {team_words(facts.taker)} has acknowledged it.",
        f"What was measured before stays the {team_words(facts.giver)}'s.",
    ]
    asks = [("Who answers", f"who {one.objective}"), ("History", f"history {one.objective}")]
    text = f"{name} is the {team_words(facts.taker)}'s now, handed over by the {team_words(facts.giver)}"
    return Message(text, (section(*lines), *row(asks)))


def _refused(facts: Handing) -> Message:
    one, name = facts.handover, plain(facts.handover.objective)
    ended = when_words(one.ended_at or facts.at, facts.dates)
    how = "Withdrawn" if one.ended_by == one.proposed_by else "Refused"
    stays = f"It stays with the {team_words(facts.giver)}."
    lines = [
        f"✋ *{name}* · not handed over",
        way_words(facts),
        f"{how} by {person_words(one.ended_by or '')}, {ended}",
        stays,
    ]
    return Message(f"{name} is not handed over. {stays}", (section(*lines), *row(_who(one))))


def _overtaken(facts: Handing, command: str) -> Message:
    one, name = facts.handover, plain(facts.handover.objective)
    why = "Its terms or its owner have changed since it was proposed."
    lines = [
        f"☑️ *{name}* · hand-over ended",
        way_words(facts),
        why,
        f"To propose it anew: `{command} handover {name} to {plain(one.taker)}`",
    ]
    return Message(
        f"The hand-over of {name} has ended: its terms have changed", (section(*lines), *row(_who(one)))
    )


def _who(one: Handover) -> list[tuple[str, str]]:
    return [("Who answers", f"who {one.objective}")]


SHOP = Team("shop", channel="#team-shop", members=("U0BEN1234", "U0KIM1234"), timezone=BERLIN)


def _example() -> Handing:
    """@ana of the payments team wants to hand checkout over to the shop team."""
    objective = CHECKOUT.objective
    proposed = Handover(
        objective=objective.name,
        version=1,
        giver="payments",
        taker="shop",
        proposed_by="U0ANA1234",
        proposed_at=NINE,
        words="Checkout is built by shop now.",
        id=7,
    )
    taken = Acknowledgement(
        objective.name, "shop", 1, "", Because.HANDOVER, NINE, NINE + timedelta(days=7), NINE
    )
    promises = Promises(AGREEMENTS, {one.name: one for one in (PAYMENTS, RETAIL, SHOP)}, {})
    asked = Asked(
        taken, objective, objective.versions[0], days=PastDays(71, 90), events_a_day=Fraction(863_400)
    )
    return Handing(
        proposed.agree("payments", by="U0ANA1234", at=NINE),
        PAYMENTS,
        SHOP,
        NINE,
        "shop",
        Request(0, SHOP, (asked,), NINE, promises),
        CHECKOUT,
    )


EXAMPLE = _example()
EXAMPLE_DONE = replace(
    EXAMPLE, handover=EXAMPLE.handover.agree("shop", by="U0BEN1234", at=NINE + timedelta(minutes=40))
)

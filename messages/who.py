"""Who answers for an objective, and to whom it is promised; or for each of many."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.agreement import Agreement, AgreementKind
from domain.chain import Link
from domain.person import called
from domain.team import Team
from messages.answered import answer_lines, until_words
from messages.blocks import section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import AGREEMENTS, BERLIN, NINE, PAYMENTS
from messages.guarantee import MOST_NAMED, under_lines
from messages.message import Message
from messages.parties import SHORT, effect_words, other_party, team_words
from messages.reasons import capital
from messages.room import fitting, pieces
from messages.undelivered import channel_words
from messages.who_chain import ROLES, teams_words

MOST_LINES = 100
ROOM_OF_LINES = 10_000
PERSON_ID = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who answers for an objective (None: nobody), by which agreement; `zone` is the provider's.

    `link` is what else is known of it, with other `teams` by name; `above` are those that it supports, `asked_on`
    is the date that was asked for.
    """

    objective: str
    owner: Team | None
    agreement: Agreement | None
    at: datetime
    zone: str = "UTC"
    link: Link | None = None
    teams: Mapping[str, Team] = field(default_factory=dict)
    above: Sequence[str] = ()
    asked_on: date | None = None

    @property
    def dates(self) -> Dates:
        """Words for dates, in the provider's zone."""
        return Dates(self.at, self.zone)

    @property
    def on(self) -> date:
        """The date on the provider's clocks."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class Many:
    """Several objectives; `title` is written as it is, so escaped before. Of a `team` it is told who that is.

    `asked_on` is the date that was asked for.
    """

    title: str
    answerable: Sequence[Answerable]
    team: Team | None = None
    asked_on: date | None = None


def who_answers(facts: Answerable) -> Message:
    """Owner, other roles, promise, who acknowledged it, what stands under it and above it."""
    owner = team_words(facts.owner) if facts.owner else "nobody"
    lines = [
        f"*{plain(facts.objective)}*{_day([facts], facts.asked_on)}",
        *_owner_lines(facts.owner),
        *_role_lines(facts),
    ]
    parts = [
        [*lines, *_promise_lines(facts), *_answer_lines(facts)],
        _under_lines(facts),
        _above_lines(facts),
    ]
    return Message(f"{plain(facts.objective)}: {owner}.", tuple(section(*part) for part in parts if part))


def who_answers_for_many(facts: Many, *, command: str = "/slm") -> Message:
    """A line for each objective, under who the team is."""
    heading = [
        f"*{facts.title}*{_day(facts.answerable, facts.asked_on)}",
        *(_team_lines(facts.team) if facts.team else []),
    ]
    shown = fitting(facts.answerable, _entry, most=MOST_LINES, room=ROOM_OF_LINES)
    rest = len(facts.answerable) - len(shown)
    texts = pieces([*shown, *([f"and {rest:,} more"] if rest else [])]) or ["No objectives."]
    told = f"{facts.title}: {_owners(facts.answerable)}."
    return Message(told, (section(*heading), *map(section, texts)), f"one of them: `{command} who NAME`")


def person_words(person: str) -> str:
    """A mention, which notifies nobody in an answer that only one person sees; an address as it is."""
    person = called(person)
    return f"<@{person}>" if PERSON_ID.fullmatch(person) else plain(person, SHORT)


def _owner_lines(owner: Team | None) -> list[str]:
    if owner is None:
        return [
            "Owner: nobody. An operator can name one:",
            "`steward/owner` in its file, then `steward apply FILES`",
        ]
    return [f"Owner: {', '.join([team_words(owner), *_channel(owner)])}", *_manager(owner)]


def _day(answerable: Sequence[Answerable], on: date | None) -> str:
    return f" · on {answerable[0].dates.day(on)}" if on and answerable else ""


def _role_lines(facts: Answerable) -> list[str]:
    """ "Responsible: shop team, data platform team"."""
    found = ((role, facts.link.roles(role)) for role in ROLES) if facts.link else ()
    return [f"{role.capitalize()}: {teams_words(names, facts.teams)}" for role, names in found if names]


def _answer_lines(facts: Answerable) -> list[str]:
    """Who acknowledged which version when, and until when that holds; or who has not."""
    if facts.link is None:
        return []
    answers, version = facts.link.answers, facts.link.terms.version
    lines = [capital(line) for line in answer_lines(answers, version, facts.dates)]
    if answers.holding:
        lines.insert(
            1, f"  version {answers.holding.version}, holds {until_words(answers.holding, facts.dates)}"
        )
    mark = "✋" if answers.declined else "✍️"
    return [*lines[:-1], f"{mark} {lines[-1]}"] if answers.pending else lines


def _under_lines(facts: Answerable) -> list[str]:
    link = facts.link
    if link is None or not (link.guarantee or link.gone):
        return []
    gone = (
        [f"Retired: {', '.join(plain(name, SHORT) for name in link.gone[:MOST_NAMED])}"] if link.gone else []
    )
    return ["*What stands under it*", *(under_lines(link.guarantee) if link.guarantee else []), *gone]


def _above_lines(facts: Answerable) -> list[str]:
    shown = [plain(name, SHORT) for name in facts.above[:MOST_NAMED]]
    more = [f"{len(facts.above) - len(shown):,} more"] if len(facts.above) > len(shown) else []
    return [f"*It supports:* {', '.join([*shown, *more])}"] if shown else []


def _team_lines(team: Team) -> list[str]:
    return [*_channel(team), *_manager(team)]


def _channel(team: Team) -> list[str]:
    return [channel_words(team.channel)] if team.channel else []


def _manager(team: Team) -> list[str]:
    return [f"Manager: {person_words(team.manager)}"] if team.manager else []


def _promise_lines(facts: Answerable) -> list[str]:
    agreement = facts.agreement
    if agreement is None:
        return ["Promised to: nobody, by no agreement"]
    relation = "Promised by" if agreement.kind is AgreementKind.UC else "Promised to"
    name = f"{agreement.kind} {plain(agreement.name, SHORT)}"
    lines = [f"{relation}: {plain(other_party(agreement), SHORT)} ({', '.join([name, *_effect(facts)])})"]
    if agreement.contact:
        lines.append(f"Contact: {person_words(agreement.contact)}")
    hours = plain(agreement.service_hours, SHORT) if agreement.service_hours else "round the clock"
    return [*lines, f"Service hours: {hours}"]


def _effect(facts: Answerable) -> list[str]:
    """Why the agreement is not in effect."""
    return effect_words(facts.agreement, facts.on, facts.dates) if facts.agreement else []


def _entry(one: Answerable) -> str:
    words = [team_words(one.owner) if one.owner else "nobody"]
    if one.agreement:
        party = plain(other_party(one.agreement), SHORT)
        words.append(", ".join([f"{one.agreement.kind} {party}", *_effect(one)]))
    if one.link and one.link.answers.declined:
        words.append("✋ declined")
    elif one.link and one.link.unacknowledged:
        words.append("✍️ unacknowledged")
    return f"{plain(one.objective)}\n  {' · '.join(words)}"


def _owners(answerable: Sequence[Answerable]) -> str:
    """ "payments team", "payments team and 2 others", "nobody"."""
    owners = list(dict.fromkeys(team_words(one.owner) if one.owner else "nobody" for one in answerable))
    if len(owners) < 2:
        return owners[0] if owners else "no objectives"
    return f"{owners[0]} and {len(owners) - 1} other{'s' if len(owners) > 2 else ''}"


EXAMPLE = Answerable("checkout-availability", PAYMENTS, AGREEMENTS["checkout-sla"], NINE, BERLIN)
EXAMPLE_MANY = Many(
    "checkout service",
    (EXAMPLE, Answerable("checkout-latency", PAYMENTS, None, NINE, BERLIN)),
)

"""Announcements of planned work: that it is planned, has begun, is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.agreement import Agreement, AgreementKind
from domain.announcement import Announcement, Concern, Effect, Stage
from domain.exclusion import Exclusion
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN, NINE, PAYMENTS
from messages.message import Message
from messages.planned import (
    customer_texts,
    effects_texts,
    for_outsiders,
    names_lines,
    objectives_words,
    person_words,
    quoted_reason,
    span_lines,
    span_words,
    until_words,
)


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """An announcement, and what the work means for each agreement; `by` withdrew it."""

    announcement: Announcement
    effects: Sequence[Effect]
    at: datetime
    by: str | None = None

    @property
    def dates(self) -> Dates:
        """Words for dates, in the team's zone."""
        return Dates(self.at, self.announcement.team.timezone)

    @property
    def names(self) -> list[str]:
        """The objectives worked on."""
        return sorted({concern.objective for concern in self.announcement.concerns})


def announcement_message(facts: AnnouncementFacts, *, command: str = "/slm") -> Message:
    """What a team hears: an outsider only what concerns it, without our names."""
    told = facts.announcement
    first = section(_headline(facts), *_when(facts), *_why(facts))
    if told.stage is Stage.WITHDRAWN:
        return Message(_push(facts), (first, section(*names_lines(facts.names)), *_foot(facts, command)))
    texts = effects_texts(facts.effects) if told.team.internal else customer_texts(facts.effects)
    return Message(_push(facts), (first, *map(section, texts), *_foot(facts, command)))


def _headline(facts: AnnouncementFacts) -> str:
    what = objectives_words(facts.names)
    match facts.announcement.stage:
        case Stage.ANNOUNCED:
            return f"🛠️ *Planned work* · {what}"
        case Stage.BEGUN:
            return f"🛠️ *Planned work has begun* · {what}"
        case Stage.WITHDRAWN:
            return f"☑️ *Planned work {'ended early' if _was_running(facts) else 'withdrawn'}* · {what}"


def _when(facts: AnnouncementFacts) -> list[str]:
    occurrence, dates = facts.announcement.occurrence, facts.dates
    if facts.announcement.stage is Stage.BEGUN:
        return [f"Until {until_words(occurrence, dates)}"]
    later = ["and all later dates"] if _is_series(facts) else []
    if not _was_running(facts):
        return [*span_lines(occurrence, dates), *later]
    ended = Period(occurrence.start, facts.announcement.exclusion.withdrawn_at or facts.at)
    return [f"At {until_words(ended, dates)}; from then on all counts", *later]


def _is_series(facts: AnnouncementFacts) -> bool:
    exclusion = facts.announcement.exclusion
    return facts.announcement.stage is Stage.WITHDRAWN and exclusion.recurs is not None


def _why(facts: AnnouncementFacts) -> list[str]:
    exclusion = facts.announcement.exclusion
    if not facts.announcement.team.internal:
        return [quoted_reason(for_outsiders(exclusion.reason))]
    author = f"By {person_words(exclusion.author)}" if exclusion.author else "From a definition file"
    withdrawn = [f"Withdrawn by {person_words(facts.by)}"] if facts.by else []
    return [quoted_reason(exclusion.reason), author, *withdrawn]


def _foot(facts: AnnouncementFacts, command: str) -> list[Block]:
    """Its name, for our own teams only."""
    exclusion = facts.announcement.exclusion
    if not facts.announcement.team.internal:
        return []
    name = plain(exclusion.name)
    recurring = " · recurring" if exclusion.recurs else ""
    back = f" · take it back: `{command} maintenance cancel {name}`"
    # Work from a file is the file's to take back.
    can_be = exclusion.author is not None and facts.announcement.stage is not Stage.WITHDRAWN
    return [context(f"`{name}`{recurring}{back if can_be else ''}")]


def _push(facts: AnnouncementFacts) -> str:
    what, occurrence = objectives_words(facts.names), facts.announcement.occurrence
    match facts.announcement.stage:
        case Stage.ANNOUNCED:
            return f"Planned work on {what}: {span_words(occurrence, facts.dates)}"
        case Stage.BEGUN:
            return f"Planned work on {what} has begun, until {until_words(occurrence, facts.dates)}"
        case Stage.WITHDRAWN if _was_running(facts):
            return f"Planned work on {what} has ended early; from now on all counts"
        case Stage.WITHDRAWN:
            return f"Planned work on {what} withdrawn: {span_words(occurrence, facts.dates)}"


def _was_running(facts: AnnouncementFacts) -> bool:
    withdrawn_at = facts.announcement.exclusion.withdrawn_at
    return withdrawn_at is not None and facts.announcement.occurrence.start < withdrawn_at


RETAIL = Team("retail", TeamKind.CUSTOMER, channel="#retail-levels", timezone=BERLIN)
CHECKOUT_SLA = Agreement(
    "checkout-sla",
    AgreementKind.SLA,
    "payments",
    "retail",
    maintenance_notice=TimeLimit(3, LimitUnit.WORKING_DAYS),
)
WALLET_OLA = Agreement(
    "wallet-ola",
    AgreementKind.OLA,
    "payments",
    "shop",
    maintenance_notice=TimeLimit(5, LimitUnit.WORKING_DAYS),
)
NIGHT = Period(datetime(2026, 11, 28, 21, tzinfo=UTC), datetime(2026, 11, 29, 1, tzinfo=UTC))
UPGRADE = Exclusion(
    "checkout-2026-11-28",
    (NIGHT.start,),
    timedelta(hours=4),
    "Upgrade of the payments database",
    NINE,
    services=("checkout",),
    author="U0ANA1234",
)
EFFECTS = (
    Effect(CHECKOUT_SLA, ("checkout-availability", "invoice-availability"), True, 4),
    Effect(WALLET_OLA, ("wallet-availability",), False, 4),
)
CONCERNS = tuple(
    Concern(name, "payments", effect.agreement) for effect in EFFECTS for name in effect.objectives
)
EXAMPLE = AnnouncementFacts(Announcement(UPGRADE, NIGHT, Stage.ANNOUNCED, PAYMENTS, CONCERNS), EFFECTS, NINE)
EXAMPLE_FOR_CUSTOMER = AnnouncementFacts(
    Announcement(UPGRADE, NIGHT, Stage.ANNOUNCED, RETAIL, CONCERNS[:2]), EFFECTS[:1], NINE
)

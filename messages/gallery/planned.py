"""Planned work: what teams and customers are told, and the answers of `/slm maintenance`."""

from dataclasses import replace
from datetime import timedelta

from domain.agreement import Agreement, AgreementKind
from domain.announcement import Announcement, Concern, Effect, Stage
from domain.exclusion import Exclusion
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from messages.announcement import (
    EXAMPLE,
    EXAMPLE_FOR_CUSTOMER,
    NIGHT,
    UPGRADE,
    AnnouncementFacts,
    announcement_message,
)
from messages.dates import Dates
from messages.example import BERLIN, NINE
from messages.gallery.shown import Shown
from messages.maintenance import EXAMPLE as ANSWER
from messages.maintenance import (
    EXAMPLE_LIST,
    Ahead,
    PlannedAnswer,
    PlannedList,
    planned_list,
    work_planned,
    work_withdrawn,
)

PINGING = ("<!channel> *_~`\u202e🚀& <@U0ANA12345> " * 20)[:300]
HOUR = timedelta(hours=1)


def with_stage(
    facts: AnnouncementFacts, stage: Stage, *, withdrawn_after: timedelta | None = None
) -> AnnouncementFacts:
    """The same at another stage; `withdrawn_after` counts from the work's start."""
    told = facts.announcement
    at = NIGHT.start + withdrawn_after if withdrawn_after is not None else None
    exclusion = replace(told.exclusion, withdrawn_at=at)
    return replace(facts, announcement=replace(told, stage=stage, exclusion=exclusion), at=at or facts.at)


def many(number: int, *, agreements: int, name: str = "objective") -> tuple[Effect, ...]:
    """So many objectives, of so many agreements, every second of which was told too late."""
    names = [f"{name}-{index:03}-{'long' * 10}"[:120] for index in range(number)]
    five = TimeLimit(5, LimitUnit.WORKING_DAYS)
    return tuple(
        Effect(
            Agreement(
                f"sla-{index}",
                AgreementKind.SLA,
                "payments",
                f"customer-{index}-{PINGING}",
                maintenance_notice=five,
            ),
            tuple(names[index::agreements]),
            index % 2 == 0,
            3,
        )
        for index in range(agreements)
    )


def concerns(effects: tuple[Effect, ...]) -> tuple[Concern, ...]:
    return tuple(
        Concern(name, "payments", effect.agreement) for effect in effects for name in effect.objectives
    )


def told(effects: tuple[Effect, ...], team: Team, exclusion: Exclusion = UPGRADE) -> AnnouncementFacts:
    """What a team is told of such effects."""
    announcement = Announcement(exclusion, NIGHT, Stage.ANNOUNCED, team, concerns(effects))
    return AnnouncementFacts(announcement, effects, NINE)


def withdrawn() -> AnnouncementFacts:
    return replace(with_stage(EXAMPLE, Stage.WITHDRAWN, withdrawn_after=-HOUR), by="U0PAT1234")


def hostile() -> AnnouncementFacts:
    exclusion = replace(UPGRADE, name=PINGING, reason=PINGING, author=PINGING)
    team = Team(PINGING, display_name=PINGING, channel=PINGING)
    return told(many(30, agreements=3, name=PINGING), team, exclusion)


def list_of_500() -> PlannedList:
    ahead = [
        Ahead(replace(UPGRADE, name=f"{index}{PINGING}", reason=PINGING), NIGHT, (PINGING,))
        for index in range(500)
    ]
    return PlannedList("payments team", ahead, Dates(NINE, BERLIN))


def longest_answer() -> PlannedAnswer:
    exclusion = replace(UPGRADE, name=PINGING, reason=PINGING)
    teams = [Team(f"{index}{PINGING}", TeamKind.CUSTOMER, channel=PINGING) for index in range(500)]
    overlaps = [Ahead(exclusion, NIGHT, (PINGING,))] * 500
    effects = many(500, agreements=500)
    return PlannedAnswer(exclusion, NIGHT, effects, Dates(NINE, BERLIN), teams, teams, overlaps)


def longest_withdrawn() -> PlannedAnswer:
    facts = longest_answer()
    return replace(facts, exclusion=replace(facts.exclusion, withdrawn_at=NINE, recurs="FREQ=WEEKLY"))


TEAM = EXAMPLE.announcement.team
SHOWN = (
    Shown("planned_announced", "announced to a team", lambda: announcement_message(EXAMPLE)),
    Shown(
        "planned_announced_to_customer",
        "announced to a customer",
        lambda: announcement_message(EXAMPLE_FOR_CUSTOMER),
    ),
    Shown("planned_begun", "begun", lambda: announcement_message(with_stage(EXAMPLE, Stage.BEGUN))),
    Shown("planned_withdrawn", "withdrawn", lambda: announcement_message(withdrawn())),
    Shown(
        "planned_ended_early",
        "ended early, to a customer",
        lambda: announcement_message(with_stage(EXAMPLE_FOR_CUSTOMER, Stage.WITHDRAWN, withdrawn_after=HOUR)),
    ),
    Shown(
        "planned_500_of_1",
        "huge: 500 objectives of one agreement",
        lambda: announcement_message(told(many(500, agreements=1), TEAM)),
    ),
    Shown(
        "planned_500_of_500",
        "huge: 500 objectives of 500 agreements",
        lambda: announcement_message(told(many(500, agreements=500), TEAM)),
    ),
    Shown("planned_hostile", "huge: hostile names", lambda: announcement_message(hostile())),
)
SHOWN_ANSWERS = (
    Shown("maintenance_list", "what is ahead", lambda: planned_list(EXAMPLE_LIST)),
    Shown(
        "maintenance_list_empty",
        "empty: nothing ahead",
        lambda: planned_list(replace(EXAMPLE_LIST, ahead=())),
    ),
    Shown("maintenance_list_500", "huge: 500 with hostile names", lambda: planned_list(list_of_500())),
    Shown("maintenance_planned", "planned", lambda: work_planned(ANSWER)),
    Shown("maintenance_planned_longest", "huge: planned", lambda: work_planned(longest_answer())),
    Shown(
        "maintenance_withdrawn",
        "withdrawn",
        lambda: work_withdrawn(replace(ANSWER, exclusion=replace(UPGRADE, withdrawn_at=NINE))),
    ),
    Shown("maintenance_withdrawn_longest", "huge: withdrawn", lambda: work_withdrawn(longest_withdrawn())),
)

"""Planning work, and taking it back: the exclusion and its announcements in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from commands.ask import Ask
from commands.meant import find_in, is_here, require_objectives
from domain.announcement import Announcement, Commitments, Concern, Stage, affected_by_withdrawal
from domain.audit import Act
from domain.audit_action import Action
from domain.exclusion import Exclusion
from domain.lookup import Found, Kind, cleaned, quoted
from domain.planned_request import EXAMPLE, read_request, slug
from domain.planners import Planner, owner_of, require_planner
from domain.refusal import Refusal, did_you_mean
from domain.team import Team
from domain.window import Period
from messages.announcement import AnnouncementFacts, announcement_message
from messages.dates import Dates
from messages.maintenance import Ahead, PlannedAnswer, work_planned, work_withdrawn
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

MOST_NAMED = 5
MINUTE = timedelta(minutes=1)


def commitments_in(tx: Transaction) -> Commitments:
    """All that planned work is judged by."""
    return Commitments.of(
        tx.objectives.with_retired(), tx.agreements.all(), tx.teams.all(), tx.calendars.all()
    )


def plan_work(ask: Ask, store: Store) -> Message:
    """NAME from … to … because …: the work is saved and announced."""
    request = read_request(ask.rest, command=ask.command)
    with store.transaction(ask.workspace) as tx, tx.measurements.recounted():
        require_objectives(tx)
        commitments = commitments_in(tx)
        draft = _draft(_found(tx, request.name, ask), request.reason, ask)
        owner = _permitted(draft, tx, commitments, ask)
        zone = owner.timezone if owner else "UTC"
        period = request.period(ZoneInfo(zone), at=ask.at)
        existing = tx.exclusions.all()
        _refuse_twice(draft, period, existing)
        exclusion = _named(draft, period, zone, existing)
        tx.exclusions.save([exclusion])
        _note(tx, Action.WORK_PLANNED, exclusion, ask)
        announcements = commitments.announcements(exclusion, period, Stage.ANNOUNCED)
        _announce(tx, announcements, commitments, ask)
    concerns = commitments.concerns(exclusion, at=period.start)
    answer = PlannedAnswer(
        exclusion,
        period,
        commitments.effects(exclusion, period, concerns),
        Dates(ask.at, zone),
        [one.team for one in announcements],
        commitments.unheard(exclusion, period),
        list(_overlaps(period, concerns, existing, commitments)),
    )
    return work_planned(answer, command=ask.command)


def withdraw_work(ask: Ask, store: Store, name: str) -> Message:
    """What did not begin is withdrawn, what runs ends now; those who had heard of it are told."""
    with store.transaction(ask.workspace) as tx, tx.measurements.recounted():
        commitments = commitments_in(tx)
        exclusion = _work_called(name, tx.exclusions.all(), ask)
        owner = _permitted(exclusion, tx, commitments, ask)
        occurrence = affected_by_withdrawal(exclusion, at=ask.at)[0]
        withdrawn = replace(exclusion, withdrawn_at=ask.at)
        tx.exclusions.save([withdrawn])
        _note(tx, Action.WORK_WITHDRAWN, withdrawn, ask)
        announcements = [
            one
            for one in commitments.announcements(withdrawn, occurrence, Stage.WITHDRAWN)
            if any(tx.outbox.by_key(key) for key in one.earlier_keys)
        ]
        _announce(tx, announcements, commitments, ask)
    concerns = commitments.concerns(withdrawn, at=occurrence.start)
    answer = PlannedAnswer(
        withdrawn,
        occurrence,
        commitments.effects(withdrawn, occurrence, concerns),
        Dates(ask.at, owner.timezone if owner else "UTC"),
        [one.team for one in announcements],
    )
    return work_withdrawn(answer)


def _note(tx: Transaction, action: Action, work: Exclusion, ask: Ask) -> None:
    """The audit trail of all that the work names has it."""
    facts = {"work": work.name, "minutes": int(work.length / MINUTE), "words": work.reason}
    facts["start"] = min(work.starts).isoformat()
    named = [*work.objectives, *(f"{Kind.SERVICE}:{name}" for name in work.services)]
    tx.audit.note_all(Act(action, name, ask.person, ask.at, facts) for name in named)


def _found(tx: Transaction, name: str, ask: Ask) -> Found:
    """The objective or service called so. What else comes close is told, but not offered as a button to press."""
    try:
        found = find_in(tx, name, at=ask.at)
    except Refusal as refusal:
        raise Refusal(str(refusal)) from refusal
    if found.kind is Kind.TEAM:
        raise Refusal(
            f"{cleaned(found.name)} is a team; work is planned on an objective or a service.\n"
            f"For example: `{ask.command} maintenance {EXAMPLE}`"
        )
    return found


def _draft(found: Found, reason: str, ask: Ask) -> Exclusion:
    """The exclusion without its name and times."""
    of_service = found.kind is Kind.SERVICE
    return Exclusion(
        name=found.name,
        starts=(ask.at,),
        length=timedelta(0),
        reason=reason,
        announced_at=ask.at,
        objectives=() if of_service else (found.name,),
        services=(found.name,) if of_service else (),
        author=ask.person,
    )


def _permitted(exclusion: Exclusion, tx: Transaction, commitments: Commitments, ask: Ask) -> Team | None:
    """The owner, by whose clocks it goes. Raises `Refusal` unless the asker may plan this."""
    concerns = commitments.concerns(exclusion, at=ask.at)
    here = [team.name for team in commitments.teams.values() if is_here(team, ask)]
    if not concerns and not exclusion.recurs and exclusion.starts == (ask.at,):
        raise Refusal(f"The service {cleaned(exclusion.name)} has no objectives.\nNothing of it is counted.")
    unowned = [Concern(exclusion.name, None, None)]
    asker = Planner(ask.person, here, tx.usergroups.all())
    require_planner(concerns or unowned, commitments, asker)
    return owner_of(concerns, commitments, here)


def _refuse_twice(draft: Exclusion, period: Period, existing: Iterable[Exclusion]) -> None:
    """A button pressed twice, or a command that Slack delivered twice, plans nothing twice."""
    for one in existing:
        same = (one.objectives, one.services, one.reason) == (draft.objectives, draft.services, draft.reason)
        if same and one.withdrawn_at is None and list(one.occurrences()) == [period]:
            raise Refusal(f"This is planned already, as `{cleaned(one.name)}`.\nNothing to do.")


def _named(draft: Exclusion, period: Period, zone: str, existing: Iterable[Exclusion]) -> Exclusion:
    on = period.start.astimezone(ZoneInfo(zone)).date()
    name = slug(draft.name, on, {one.name for one in existing})
    return replace(draft, name=name, starts=(period.start,), length=period.end - period.start)


def _announce(
    tx: Transaction, announcements: Sequence[Announcement], commitments: Commitments, ask: Ask
) -> None:
    for one in announcements:
        effects = commitments.effects(one.exclusion, one.occurrence, one.concerns)
        by = ask.person if one.stage is Stage.WITHDRAWN else None
        message = announcement_message(AnnouncementFacts(one, effects, ask.at, by), command=ask.command)
        tx.outbox.add(one.notice(message.content, at=ask.at))


def _overlaps(
    period: Period, concerns: Iterable[Concern], existing: Iterable[Exclusion], commitments: Commitments
) -> Iterator[Ahead]:
    """What else is planned at the same time on some of the same objectives."""
    names = {concern.objective for concern in concerns}
    for exclusion in existing:
        for occurrence in exclusion.within(period):
            others = {concern.objective for concern in commitments.concerns(exclusion, at=occurrence.start)}
            shared = sorted(names & others)
            if shared:
                yield Ahead(exclusion, occurrence, tuple(shared))


def _work_called(name: str, exclusions: Iterable[Exclusion], ask: Ask) -> Exclusion:
    """The planned work of this name, or the only one ahead that begins so. Raises `Refusal`."""
    known = {one.name: one for one in exclusions}
    ahead = [
        one for one in known.values() if one.withdrawn_at is None and affected_by_withdrawal(one, at=ask.at)
    ]
    wanted = "-".join(name.casefold().split())
    meant = [one for one in ahead if one.name == wanted] or [
        one for one in ahead if wanted and one.name.startswith(wanted)
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        names = ", ".join(f"`{cleaned(one.name)}`" for one in meant[:MOST_NAMED])
        raise Refusal(f'Several begin with "{quoted(name)}": {names}. Which one?')
    if wanted in known:
        was = "withdrawn" if known[wanted].withdrawn_at else "over"
        raise Refusal(f"`{cleaned(wanted)}` is {was} already.\nNothing to do.")
    if not wanted:
        raise Refusal(f"Take back which work?\n`{ask.command} maintenance` lists it.")
    close = did_you_mean(wanted, [one.name for one in ahead]).strip()
    raise Refusal(
        f'No planned work is called "{quoted(name)}".\n{close or f"`{ask.command} maintenance` lists it."}'
    )

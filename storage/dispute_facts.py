"""What there is to tell of disputes, gathered; and who rules next."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from domain.acknowledgement_steps import answer_due
from domain.agreement import Agreement
from domain.arbiter import eligible, next_in_turn
from domain.calendars import Calendar, office_calendar
from domain.correction import failed, relieved
from domain.dispute import Claim, Contested, Dispute, Outcome, Ruling
from domain.dispute_told import DisputeTold
from domain.layered import Layered
from domain.measurement import Measurement
from domain.minutes import HOUR, instant_of, minute_of
from domain.spans import Span
from domain.team import Team
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import CalendarWindow, Period
from storage.agreements import Agreements
from storage.calendars import Calendars
from storage.disputes import Disputes
from storage.layered import LayeredFigures
from storage.objectives import Kept, Objectives
from storage.packed import unpack_hour
from storage.rulings import Rulings
from storage.schema import MeasuredHourRow, MeasuredMinuteRow, table_of
from storage.teams import Teams
from storage.usergroups import Usergroups
from storage.versions import DefinitionsVersion

HOURS = table_of(MeasuredHourRow)
MINUTES = table_of(MeasuredMinuteRow)
MOST_SIMILAR = 3
ANSWER_WITHIN = TimeLimit(3, LimitUnit.WORKING_DAYS)
RULE_WITHIN = TimeLimit(5, LimitUnit.WORKING_DAYS)
APPEAL_WITHIN = TimeLimit(5, LimitUnit.WORKING_DAYS)


class DisputeFacts:
    """Those of one workspace."""

    def __init__(
        self, connection: Connection, workspace_id: int, version: DefinitionsVersion, objectives: Objectives
    ) -> None:
        self._connection = connection
        self._objectives = objectives
        place = (connection, workspace_id, version)
        self._disputes, self._rulings = Disputes(*place), Rulings(*place)
        self._agreements, self._teams, self._calendars = (
            Agreements(*place),
            Teams(*place),
            Calendars(*place),
        )
        self._usergroups = Usergroups(connection, workspace_id)
        self._layered = LayeredFigures(connection, workspace_id, objectives)

    def of(self, one: Dispute, *, at: datetime) -> DisputeTold:
        """All that its messages tell now."""
        teams = {team.name: team for team in self._teams.all()}
        raiser, counterpart = (teams.get(name) or Team(name) for name in (one.raiser, one.counterpart))
        kept = self._kept(one.objective)
        return DisputeTold(
            one,
            raiser,
            counterpart,
            at,
            agreement=self._agreement(one),
            layered=self._layered_of(one, kept, at),
            rulings=tuple(self._rulings.of(one)),
            record=tuple(self._disputes.record(one)),
            measured=tuple(self._measured(kept, one.contested.spans)) if kept else (),
            managers=tuple(team for team in teams.values() if team.arbitrates),
            similar=tuple(self._similar(one)),
            alone=not {*self._objectives.contested().get(one.objective, ())} - {one.number},
        )

    def able(self, one: Dispute) -> list[str]:
        """Who may rule on it: neutral, and not the arbiter whose ruling is appealed against."""
        teams = {team.name: team for team in self._teams.all()}
        named = {*one.teams, one.owner or "", one.new_owner or "", *self._owners(one.objective)}
        parties = [teams[name] for name in sorted(named) if name in teams]
        agreement = self._agreement(one)
        managers = [team for team in teams.values() if team.arbitrates]
        but = [one.first_arbiter] if one.first_arbiter else []
        return eligible(managers, parties, agreement, self._usergroups.all(), but=but)

    def next_arbiter(self, one: Dispute) -> str | None:
        """Whose turn it is of those; None where nobody is neutral."""
        return next_in_turn(self.able(one), self._disputes.all())

    def sent_to_arbiter(self, one: Dispute, *, at: datetime, unanswered: bool = False) -> Dispute:
        """The same with who is to rule, and until when; nobody where none is neutral."""
        arbiter, due_at = self.next_arbiter(one), self.rule_due(one, at=at)
        return one.go_to(arbiter, at=at, due_at=due_at, unanswered=unanswered)

    def rule_due(self, one: Dispute, *, at: datetime) -> datetime:
        """Until when an arbiter should rule: by the agreement, in the hours of who arbitrates."""
        agreement = self._agreement(one)
        return self._due((agreement.disputes.rule_within if agreement else None) or RULE_WITHIN, None, at)

    def answer_due(self, one: Dispute, team: str, *, at: datetime) -> datetime:
        """Until when a party should answer, in its own hours."""
        agreement = self._agreement(one)
        return self._due((agreement.disputes.answer_within if agreement else None) or ANSWER_WITHIN, team, at)

    def appeal_due(self, one: Dispute, *, at: datetime) -> datetime:
        """Until when who lost can appeal, in the hours of who raised it."""
        return self._due(APPEAL_WITHIN, one.raiser, at)

    def _due(self, within: TimeLimit, team: str | None, at: datetime) -> datetime:
        return answer_due(within, self.calendar_of(team), at=at)

    def calendar_of(self, team: str | None) -> Calendar:
        """The working hours of a team; None is who arbitrates."""
        teams = self._teams.all()
        whose = next((each for each in teams if (each.name == team if team else each.arbitrates)), None)
        calendars = {each.name: each for each in self._calendars.all()}
        return whose.working_calendar(calendars) if whose else office_calendar("UTC")

    def _agreement(self, one: Dispute) -> Agreement | None:
        return next((each for each in self._agreements.all() if each.name == one.agreement), None)

    def contesting(
        self, objective: str, claim: Claim, spans: Sequence[Span], events: int | None
    ) -> Contested:
        """What is to become of these minutes, by what is measured of them now."""
        kept = self._kept(objective)
        minutes = self._measured(kept, spans) if kept else []
        corrections: list[Measurement] = []
        if claim is Claim.EVENTS:
            corrections = relieved(minutes, events or 0)
        elif claim is Claim.FAILED:
            corrections = failed(minutes)
        return Contested(claim, tuple(spans), events, tuple(corrections))

    def minutes(self, objective: str, spans: Sequence[Span]) -> list[Measurement]:
        """What was measured in these minutes."""
        kept = self._kept(objective)
        return self._measured(kept, spans) if kept else []

    def _kept(self, objective: str) -> Kept | None:
        return next((one for one in self._objectives.kept() if one.objective.name == objective), None)

    def _owners(self, objective: str) -> set[str]:
        kept = self._kept(objective)
        return {terms.owner for terms in kept.objective.versions[-1:] if terms.owner} if kept else set()

    def _layered_of(self, one: Dispute, kept: Kept | None, at: datetime) -> Layered | None:
        if kept is None or kept.objective.retired_at is not None:
            return None
        period = _period_of(one, kept, at)
        return self._layered.of([one.objective], at=at, period=period).get(one.objective)

    def _measured(self, kept: Kept, spans: Sequence[Span]) -> list[Measurement]:
        found: dict[int, Measurement] = {}
        for start, end in spans:
            hours = select(HOURS.c.hour, HOURS.c.packed).where(
                HOURS.c.objective_id == kept.id, HOURS.c.hour.between(start // HOUR, (end - 1) // HOUR)
            )
            for hour, packed in self._connection.execute(hours):
                for one in unpack_hour(packed).measurements(hour * HOUR):
                    if start <= one.minute < end:
                        found[one.minute] = one
            hot = select(MINUTES.c.minute, MINUTES.c.good, MINUTES.c.total).where(
                MINUTES.c.objective_id == kept.id, MINUTES.c.minute.between(start, end - 1)
            )
            for row in self._connection.execute(hot):
                found[row.minute] = Measurement(*row)
        return sorted(found.values())

    def _similar(self, one: Dispute) -> list[Ruling]:
        """The newest rulings of arbiters on the same ground, of other disputes."""
        found: list[Ruling] = []
        for other in reversed(self._disputes.all()):
            if other.ground is one.ground and other.id != one.id and len(found) < MOST_SIMILAR:
                ruled = [each for each in self._rulings.of(other) if each.outcome is not Outcome.SETTLED]
                found += ruled[-1:]
        return found


def _period_of(one: Dispute, kept: Kept, at: datetime) -> Period | None:
    """The period in which the contested minutes lie; None where that is the one of now.

    Of a rolling window, once they have left it, the calendar month of UTC, as it is closed.
    """
    if not one.contested.spans:
        return None
    first = instant_of(one.contested.spans[0][0])
    window = kept.objective.terms(at=at).window
    now = window.period(at=at)
    if now.start_minute <= minute_of(first):
        return None
    if isinstance(window, CalendarWindow):
        return window.period(at=first)
    month = first.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Period(month, month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1))

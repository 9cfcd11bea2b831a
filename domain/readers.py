"""Readers of digests: teams, customers and third parties, the service level managers, and who subscribed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.calendars import Calendar
from domain.lookup import Found, Kind
from domain.news import News
from domain.subscription import Subscription
from domain.team import Team
from domain.weekly import monday_of


class ReaderKind(StrEnum):
    """What a reader gets."""

    TEAM = "team"
    OUTSIDER = "outsider"
    MANAGERS = "managers"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `team` has the schedule, zone and channel, also of a subscriber, who is no team.

    `names` are what a subscriber chose, as `team:payments`; `changed_at` is when the schedule was last
    changed in Slack.
    """

    kind: ReaderKind
    team: Team
    names: tuple[str, ...] = ()
    changed_at: datetime | None = None

    @property
    def name(self) -> str:
        """What its digests are kept under."""
        return self.team.name

    @property
    def channel(self) -> str:
        """Where it reads; empty where nowhere."""
        return self.team.channel or ""

    @property
    def chosen(self) -> list[Found]:
        """What a subscriber chose."""
        parts = (name.partition(":") for name in self.names)
        return [Found(Kind(kind), rest) for kind, _, rest in parts]

    def had_digest_on(self, on: date, calendar: Calendar) -> bool:
        """Whether there should have been a digest on `on`: before its schedule was changed nobody knows."""
        changed = self.changed_at and self.team.digest_instant(on) < self.changed_at
        return not changed and self.team.has_digest_on(on, calendar)

    def next_digest(
        self, calendar: Calendar, decided: Callable[[date], set[str]], *, at: datetime
    ) -> datetime | None:
        """When the next one comes: `at` itself where one is due; None where none comes for two months."""
        due = self.team.digest_due(calendar, at=at)
        if due and self.name not in decided(due):
            return at
        today = self.team.local(at).date()
        for on in (today + timedelta(days=ahead) for ahead in range(-1, 62)):
            instant = self.team.digest_instant(on)
            if instant > at and self.team.has_digest_on(on, calendar) and self.name not in decided(on):
                return instant
        return None

    def begins_week(self, on: date, news: News, calendar: Calendar) -> bool:
        """Whether the digest of `on` is the first of its week: the last one was before, or by the calendar."""
        monday = monday_of(on)
        if news.since is not None:
            return news.since < monday
        earlier = (date.fromordinal(day) for day in range(monday.toordinal(), on.toordinal()))
        return not any(self.team.has_digest_on(day, calendar) for day in earlier)


def readers(teams: Iterable[Team], subscriptions: Iterable[Subscription]) -> list[Reader]:
    """Everybody who may get a digest, also those without a channel."""
    return [*map(_of_team, teams), *map(subscriber, subscriptions)]


def subscriber(subscription: Subscription) -> Reader:
    """The reader of a subscription."""
    stand_in = Team(
        f"channel:{subscription.channel}",
        channel=subscription.channel,
        timezone=subscription.timezone,
        digest=subscription.digest,
    )
    return Reader(ReaderKind.SUBSCRIBER, stand_in, subscription.names, subscription.created_at)


def calendar_of(reader: Reader, calendars: Mapping[str, Calendar]) -> Calendar:
    """The working days that its digests keep to."""
    return reader.team.working_calendar(calendars)


def _of_team(team: Team) -> Reader:
    changed_at = max((change.at for change in team.slack_changes if change.field == "digest"), default=None)
    kind = ReaderKind.MANAGERS if team.arbitrates else ReaderKind.TEAM
    return Reader(kind if team.internal else ReaderKind.OUTSIDER, team, changed_at=changed_at)

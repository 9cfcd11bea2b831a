"""The tables. Every row belongs to a workspace."""

from storage.schema.definitions import (
    AgreementRow,
    CalendarRow,
    ExclusionRow,
    ObjectiveRow,
    ServiceRow,
    TeamRow,
    TermsRow,
    WorkspaceRow,
)
from storage.schema.measured import CountedHourRow, MeasuredHourRow, MeasuredMinuteRow
from storage.schema.people import PersonRow
from storage.schema.processes import ProcessRow
from storage.schema.row import Row, table_of
from storage.schema.said import ChannelPaceRow, DigestRow, HeardRow, NoticeRow, SubscriptionRow
from storage.schema.warned import BreachRow, BreachWarningRow, EpisodeRow, ForecastRow, WatchRow

__all__ = [
    "AgreementRow",
    "BreachRow",
    "BreachWarningRow",
    "CalendarRow",
    "ChannelPaceRow",
    "CountedHourRow",
    "DigestRow",
    "EpisodeRow",
    "ExclusionRow",
    "ForecastRow",
    "HeardRow",
    "MeasuredHourRow",
    "MeasuredMinuteRow",
    "NoticeRow",
    "ObjectiveRow",
    "PersonRow",
    "ProcessRow",
    "Row",
    "ServiceRow",
    "SubscriptionRow",
    "TeamRow",
    "TermsRow",
    "WatchRow",
    "WorkspaceRow",
    "table_of",
]

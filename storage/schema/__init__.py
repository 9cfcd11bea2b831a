"""The tables. Every row belongs to a workspace."""

from storage.schema.audited import AuditRow
from storage.schema.closed import ClosedPeriodRow, RestatementRow
from storage.schema.definitions import (
    AgreementRow,
    CalendarRow,
    ExclusionRow,
    ObjectiveRow,
    OpensloDocumentRow,
    ServiceRow,
    TeamRow,
    TermsRow,
    WorkspaceRow,
)
from storage.schema.disputed import DisputeEntryRow, DisputeRow, LayeredHourRow, RulingRow
from storage.schema.measured import CountedHourRow, MeasuredHourRow, MeasuredMinuteRow
from storage.schema.negotiated import ProposalRow
from storage.schema.people import PersonRow
from storage.schema.processes import ProcessRow
from storage.schema.responsible import AcknowledgementRow, HandoverRow, UsergroupRow
from storage.schema.row import Row, table_of
from storage.schema.said import ChannelPaceRow, DigestRow, HeardRow, NoticeRow, SubscriptionRow
from storage.schema.warned import BreachRow, BreachWarningRow, EpisodeRow, ForecastRow, WatchRow

__all__ = [
    "AcknowledgementRow",
    "AgreementRow",
    "AuditRow",
    "BreachRow",
    "BreachWarningRow",
    "CalendarRow",
    "ChannelPaceRow",
    "ClosedPeriodRow",
    "CountedHourRow",
    "DigestRow",
    "DisputeEntryRow",
    "DisputeRow",
    "EpisodeRow",
    "ExclusionRow",
    "ForecastRow",
    "HandoverRow",
    "HeardRow",
    "LayeredHourRow",
    "MeasuredHourRow",
    "MeasuredMinuteRow",
    "NoticeRow",
    "ObjectiveRow",
    "OpensloDocumentRow",
    "PersonRow",
    "ProcessRow",
    "ProposalRow",
    "RestatementRow",
    "Row",
    "RulingRow",
    "ServiceRow",
    "SubscriptionRow",
    "TeamRow",
    "TermsRow",
    "UsergroupRow",
    "WatchRow",
    "WorkspaceRow",
    "table_of",
]

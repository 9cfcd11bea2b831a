"""A workspace in which nothing was ever measured answers at once, whatever its service hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from sqlalchemy import event

from domain.agreement import Agreement, AgreementKind
from domain.calendars import office_calendar
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.standing import State
from domain.window import RollingWindow
from storage.store import Store

AT = datetime(2026, 11, 24, 12, 7, tzinfo=UTC)
TERMS = Terms(
    Fraction(99, 100), RollingWindow(minutes=1440), Occurrences(), Indicator("sli"), agreement="sla"
)
SLA = Agreement("sla", AgreementKind.SLA, "payments", "retail", service_hours="office")


def test_service_hours_are_not_walked_through_since_1970(sqlite_store: Store) -> None:
    store = sqlite_store
    with store.transaction() as tx:
        tx.calendars.save([replace(office_calendar("Asia/Kathmandu"), name="office")])
        tx.agreements.save([SLA])
        tx.objectives.save([Objective("checkout", "shop", (TERMS,))])
    statements: list[str] = []
    # What is read directly, past SQLAlchemy, counts as well.
    event.listen(store.engine, "checkout", lambda used, *_: used.set_trace_callback(statements.append))
    for at in (AT, AT - timedelta(days=400)):
        with store.read() as tx:
            [standing] = tx.standings.all(at=at)
        assert standing.state is State.NO_DATA
    assert 2 < len(statements) < 60

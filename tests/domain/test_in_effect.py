"""What counts: the promises in effect on their provider's date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import Agreement, AgreementKind
from domain.in_effect import Uncounted, apart, date_of, in_effect, uncounted_by
from domain.planned import Promises
from domain.team import Team, TeamKind
from messages.example import CHECKOUT, LEDGER, NINE, WALLET

SLA = Agreement("fax-sla", AgreementKind.SLA, "payments", "retail")
RETAIL = Team("retail", TeamKind.CUSTOMER, timezone="America/New_York")
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns"])
MINUTE = timedelta(minutes=1)


def teams(zone: str) -> dict[str, Team]:
    return {"payments": Team("payments", timezone=zone), "retail": RETAIL}


@given(zone=ZONES, day=st.dates(date(2010, 1, 2), date(2030, 1, 1)))
def test_it_holds_from_its_first_to_its_last_minute_on_the_providers_clocks(zone: str, day: date) -> None:
    start = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    following = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    if start == following:
        return  # Apia left 30 December 2011 out
    one_day = replace(SLA, effective_from=day, effective_until=day)
    edges = [start - MINUTE, start, following - MINUTE, following]
    found = [in_effect(one_day, teams(zone), at=at) for at in edges]
    assert found == [False, True, True, False]


def test_without_its_provider_the_customers_clocks_count_then_utc() -> None:
    late = datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert date_of(SLA, {"retail": RETAIL}, at=late) == date(2026, 11, 23)
    assert date_of(SLA, {}, at=late.astimezone(ZoneInfo("Asia/Tokyo"))) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("since", "until", "counts"),
    [
        pytest.param(None, None, True, id="without dates"),
        pytest.param(None, date(2026, 11, 24), True, id="its last day"),
        pytest.param(None, date(2026, 11, 23), False, id="ended"),
        pytest.param(date(2026, 11, 24), None, True, id="its first day"),
        pytest.param(date(2026, 11, 25), None, False, id="not yet"),
    ],
)
def test_objectives_count_with_their_agreement(since: date | None, until: date | None, counts: bool) -> None:
    sla = replace(SLA, effective_from=since, effective_until=until)
    promised = [replace(one, terms=replace(one.terms, agreement="fax-sla")) for one in (WALLET, CHECKOUT)]
    alone = replace(LEDGER, terms=replace(LEDGER.terms, agreement=None))
    unknown = replace(LEDGER, terms=replace(LEDGER.terms, agreement="nowhere"))
    promises = Promises({"fax-sla": sla}, teams("Europe/Berlin"), {})
    all_of_them = [*promised, alone, unknown]
    counted, uncounted = apart(all_of_them, promises, at=NINE)
    assert (counted, uncounted) == ((all_of_them, []) if counts else ([alone, unknown], promised))
    left = Uncounted(sla, date(2026, 11, 24), (CHECKOUT.name, WALLET.name))
    assert uncounted_by(all_of_them, promises, at=NINE) == ([] if counts else [left])

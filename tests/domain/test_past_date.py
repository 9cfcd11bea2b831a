"""Days of the past as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.moment import past_date
from domain.refusal import Refusal

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("2026-03-03", date(2026, 3, 3), id="ISO"),
        pytest.param("2027-03-03", date(2027, 3, 3), id="ISO, ahead: terms may begin then"),
        pytest.param("3 mar", date(2026, 3, 3), id="the last one, though the next one is nearer"),
        pytest.param(" 3  MARCH ", date(2026, 3, 3), id="written out"),
        pytest.param("3 mar 2025", date(2025, 3, 3), id="with its year"),
        pytest.param("tue 3 mar", date(2026, 3, 3), id="with its weekday"),
        pytest.param("24 nov", TUESDAY, id="today's date"),
        pytest.param("25 nov", date(2025, 11, 25), id="tomorrow's date: a year ago"),
        pytest.param("today", TUESDAY, id="today"),
        pytest.param("yesterday", date(2026, 11, 23), id="yesterday"),
        pytest.param("tue", TUESDAY, id="today's weekday"),
        pytest.param("wednesday", date(2026, 11, 18), id="the last Wednesday"),
    ],
)
def test_what_is_meant(text: str, meant: date) -> None:
    assert past_date(text, today=TUESDAY) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("someday", '"someday" is no day that Steward can read.', id="no day"),
        pytest.param("", '"" is no day that Steward can read.', id="nothing"),
        pytest.param("9" * 5000, "is no day that Steward can read.", id="very much"),
        pytest.param("2026-02-30", 'There is no such date as "2026-02-30".', id="no such date"),
        pytest.param("wed 3 mar 2026", "3 Mar 2026 is a Tuesday.", id="another weekday"),
        pytest.param("3 foo", "is no time that Steward can read.", id="no month"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        past_date(text, today=TUESDAY)
    assert said in str(caught.value)


@given(st.dates(date(1999, 3, 1), date(2098, 2, 27)), st.integers(0, 364))
def test_a_date_without_a_year_is_the_last_one(today: date, ago: int) -> None:
    on = today - timedelta(days=ago)
    if (on.month, on.day) != (2, 29):
        assert past_date(f"{on.day} {on:%b}", today=today) == on

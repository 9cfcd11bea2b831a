"""What changed since the last digest: states, budgets, and what may not be compared."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from domain.news import NO_NEWS, Change, News, Told, news_since
from domain.standing import Standing, State
from messages.example import CARD_AUTH, CHECKOUT, FRAUD, LEDGER, PAYOUT

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
NOVEMBER, OCTOBER = (datetime(2026, month, 1, tzinfo=UTC) for month in (11, 10))


def standing(state: State, *, terms: int = 1, calendar: bool = False) -> Standing:
    one = CARD_AUTH if calendar else CHECKOUT
    period = replace(one.period, start=NOVEMBER)
    return replace(one, state=state, terms=replace(one.terms, version=terms), period=period)


def told(state: State, *, terms: int = 1, period: datetime | None = None) -> Told:
    return Told(state, Fraction(27, 100), FRIDAY, terms, period)


def since_monday(one: Standing, before: Told | None) -> News:
    return News(MONDAY, {one.name: before} if before else {})


@pytest.mark.parametrize(
    ("one", "before", "change"),
    [
        pytest.param(State.AT_RISK, State.MET, Change.WORSE, id="met to at risk"),
        pytest.param(State.BREACHED, State.AT_RISK, Change.WORSE, id="at risk to breached"),
        pytest.param(State.NO_DATA, State.MET, Change.WORSE, id="data no longer come"),
        pytest.param(State.AT_RISK, State.NO_DATA, Change.WORSE, id="data are back, and bad"),
        pytest.param(State.MET, State.NO_DATA, Change.BETTER, id="data are back, and good"),
        pytest.param(State.MET, State.BREACHED, Change.BETTER, id="breached to met"),
        pytest.param(State.AT_RISK, State.BREACHED, Change.BETTER, id="breached to at risk"),
        pytest.param(State.NO_DATA, State.BREACHED, Change.NONE, id="nobody knows is nothing better"),
        pytest.param(State.AT_RISK, State.AT_RISK, Change.NONE, id="as before"),
    ],
)
def test_a_state_is_worse_or_better(one: State, before: State, change: Change) -> None:
    stood = standing(one)
    assert since_monday(stood, told(before)).change(stood) is change


@pytest.mark.parametrize(
    ("one", "before"),
    [
        pytest.param(standing(State.BREACHED), None, id="a new objective"),
        pytest.param(standing(State.BREACHED, terms=2), told(State.MET, terms=1), id="new terms, worse"),
        pytest.param(standing(State.MET, terms=2), told(State.BREACHED, terms=1), id="new terms, better"),
        pytest.param(
            standing(State.MET, calendar=True),
            told(State.BREACHED, period=OCTOBER),
            id="a new month makes nothing better",
        ),
        pytest.param(
            standing(State.NO_DATA, calendar=True),
            told(State.MET, period=OCTOBER),
            id="a new month has no data yet",
        ),
    ],
)
def test_neither_worse_nor_better(one: Standing, before: Told | None) -> None:
    news = since_monday(one, before)
    assert news.change(one) is Change.NONE
    assert news.was(one) is None
    assert (news.worse([one]), news.better([one])) == (0, 0)


def test_a_breach_in_a_new_period_is_worse_but_was_nothing_in_it() -> None:
    one = standing(State.BREACHED, calendar=True)
    news = since_monday(one, told(State.MET, period=OCTOBER))
    assert news.change(one) is Change.WORSE
    assert news.was(one) is None


def test_one_that_left_the_team_is_nothing() -> None:
    news = News(MONDAY, {"gone": told(State.MET), CHECKOUT.name: told(State.AT_RISK)})
    assert (news.worse([CHECKOUT]), news.better([CHECKOUT]), news.added([CHECKOUT])) == (0, 0, 0)


def test_new_ones_are_counted_only_where_there_was_a_digest() -> None:
    assert News(MONDAY, {}).added([CHECKOUT]) == 1
    assert NO_NEWS.added([CHECKOUT]) == 0


def test_what_got_worse_comes_first_inside_its_state() -> None:
    news = News(MONDAY, {CHECKOUT.name: told(State.MET), PAYOUT.name: Told(State.AT_RISK, None, None, 1)})
    ranked = news.ranked([FRAUD, LEDGER, PAYOUT, CHECKOUT, CARD_AUTH])
    assert [one.name for one in ranked] == [one.name for one in (CARD_AUTH, CHECKOUT, PAYOUT, LEDGER, FRAUD)]
    assert [one.name for one in NO_NEWS.ranked([CHECKOUT, PAYOUT])] == [PAYOUT.name, CHECKOUT.name]


@pytest.mark.parametrize(
    ("news", "since"),
    [
        pytest.param(NO_NEWS, None, id="the first digest: it may have stood so for long"),
        pytest.param(News(MONDAY, {}), None, id="a new objective"),
        pytest.param(News(MONDAY, {CHECKOUT.name: told(State.MET)}), TUESDAY, id="a new state"),
        pytest.param(News(MONDAY, {CHECKOUT.name: told(State.BREACHED)}), FRIDAY, id="as before"),
        pytest.param(News(MONDAY, {CHECKOUT.name: told(State.MET, terms=7)}), None, id="new terms"),
    ],
)
def test_since_when_a_state_was_told(news: News, since: date | None) -> None:
    stored = news.telling([standing(State.BREACHED)], on=TUESDAY)[CHECKOUT.name]
    assert Told.from_json(stored).since == since


def test_what_is_kept_comes_back() -> None:
    kept = NO_NEWS.telling([CARD_AUTH, CHECKOUT, LEDGER], on=MONDAY)
    assert kept[CARD_AUTH.name] == {
        "state": "breached",
        "left": "-0.296297",  # rounded down: what is over never becomes less
        "since": None,
        "terms": 1,
        "period": "2026-10-31T23:00:00+00:00",
    }
    news = news_since((MONDAY, kept))
    assert news.since == MONDAY
    assert [news.change(one) for one in (CARD_AUTH, CHECKOUT, LEDGER)] == [Change.NONE] * 3
    assert news.told[CHECKOUT.name].left == Fraction("0.152575")
    assert news_since(None) is NO_NEWS

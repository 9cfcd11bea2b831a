"""How fast Slack is called: lanes against a naive count, and when all is quiet for a while."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import Ambiguous, Barred, NotSent, Outcome, Posted, RateLimited, Refused
from domain.pacing import IN_A_ROW, NEWEST, Lane, Weather

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LANE = Lane("*edits", a_minute=50, burst=10)

moves = st.lists(st.tuples(st.integers(0, 40_000), st.integers(0, 30)), max_size=60)


@given(moves)
def test_a_lane_never_lets_more_through_than_its_rate_and_burst(asked: list[tuple[int, int]]) -> None:
    at, empty_at, begun = NOON, LONG_AGO, list[datetime]()
    for wait, wanted in asked:
        at += timedelta(milliseconds=wait)
        calls = min(wanted, LANE.free(empty_at, at=at))
        empty_at = LANE.after(calls, empty_at, at=at)
        begun += [at] * calls
    for first in range(len(begun)):
        for last in range(first, len(begun)):
            allowed = LANE.burst + (begun[last] - begun[first]) / LANE.interval
            assert last - first + 1 <= allowed + 1e-6


@given(moves)
def test_a_lane_lets_through_all_that_a_bucket_would(asked: list[tuple[int, int]]) -> None:
    """A bucket of tokens, filled millisecond by millisecond in whole thousandths: the naive form of the same rule."""
    at, empty_at, tokens = NOON, LONG_AGO, LANE.burst * 1200
    for wait, wanted in asked:
        at += timedelta(milliseconds=wait)
        tokens = min(tokens + wait, LANE.burst * 1200)
        calls = min(wanted, LANE.free(empty_at, at=at))
        assert calls == min(wanted, tokens // 1200)
        tokens -= calls * 1200
        empty_at = LANE.after(calls, empty_at, at=at)


def test_a_clock_set_back_frees_the_lane() -> None:
    assert LANE.free(NOON + timedelta(days=1), at=NOON) == LANE.burst


POSTED = Posted("1.1", "C1")
LIMITED = RateLimited(30)


@pytest.mark.parametrize(
    ("outcomes", "rest"),
    [
        pytest.param([LIMITED], None, id="one channel is too fast"),
        pytest.param([POSTED, LIMITED] * (NEWEST // 2), timedelta(seconds=30), id="every second is too fast"),
        pytest.param([LIMITED] * 5 + [POSTED], None, id="what was posted asks for no rest"),
        pytest.param([LIMITED] * 5 + [POSTED] * 9 + [LIMITED], None, id="too fast is long over"),
        pytest.param([NotSent("away")] * (IN_A_ROW - 1), None, id="twice not reached"),
        pytest.param([NotSent("away")] * IN_A_ROW, timedelta(seconds=5), id="not reached again and again"),
        pytest.param(
            [NotSent("away"), NotSent("away"), POSTED, NotSent("away")], None, id="reached meanwhile"
        ),
        pytest.param([POSTED, Barred("token_revoked")], MINUTE, id="barred"),
        pytest.param([Refused("not_in_channel")] * 20, None, id="refused, each for itself"),
        pytest.param([Ambiguous("reset")] * 20, None, id="perhaps posted"),
    ],
)
def test_the_workspace_rests(outcomes: list[Outcome], rest: timedelta | None) -> None:
    weather = Weather()
    for outcome in outcomes:
        weather = weather.after(outcome)
    assert weather.rest(outcomes[-1], attempts=1) == rest


def test_slack_away_is_left_alone_ever_longer() -> None:
    weather = Weather()
    for _ in range(IN_A_ROW):
        weather = weather.after(NotSent("away"))
    assert [weather.rest(NotSent("away"), attempts=tries) for tries in (1, 4, 40)] == [
        timedelta(seconds=5),
        timedelta(seconds=40),
        timedelta(minutes=5),
    ]

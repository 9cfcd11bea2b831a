"""Packed hours say what was packed, and add up to what a naive sum gives."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.measurement import FULL_HOUR, LARGEST_TOTAL, MeasuredHour
from domain.minutes import HOUR
from storage.packed import pack_hour, sums_until, unpack_hour

EDGES = [0, 1, 2**8 - 1, 2**8, 2**16 - 1, 2**16, 2**32 - 1, 2**32, LARGEST_TOTAL]

masks = st.one_of(
    st.just(FULL_HOUR), st.integers(1, FULL_HOUR), st.integers(0, HOUR - 1).map(lambda i: 1 << i)
)
largest = st.one_of(st.sampled_from(EDGES), st.integers(0, LARGEST_TOTAL))


@st.composite
def hours(draw: st.DrawFn) -> MeasuredHour:
    """Any hour: totals between two limits, and all, some or none of them bad."""
    mask, low, high = draw(masks), draw(largest), draw(largest)
    totals = draw(st.lists(st.integers(min(low, high), max(low, high)), min_size=HOUR, max_size=HOUR))
    most = draw(largest)
    lost = draw(st.lists(st.integers(0, most), min_size=HOUR, max_size=HOUR))
    some = draw(st.sets(st.integers(0, HOUR - 1)))
    return _hour(mask, [lost[i] if i in some else 0 for i in range(HOUR)], totals)


def _hour(mask: int, bads: list[int], totals: list[int]) -> MeasuredHour:
    measured = [mask >> i & 1 for i in range(HOUR)]
    bads = [min(bad, total) for bad, total in zip(bads, totals, strict=True)]
    return MeasuredHour(
        mask,
        tuple(bad * here for bad, here in zip(bads, measured, strict=True)),
        tuple(total * here for total, here in zip(totals, measured, strict=True)),
    )


LARGE = _hour(FULL_HOUR, [LARGEST_TOTAL] * HOUR, [LARGEST_TOTAL] * HOUR)


@given(hours())
@example(LARGE)
def test_what_was_packed_is_unpacked(hour: MeasuredHour) -> None:
    assert unpack_hour(pack_hour(hour)) == hour


@given(hours(), st.integers(0, HOUR))
@example(LARGE, HOUR)
def test_sums_until_a_minute_are_those_of_the_minutes(hour: MeasuredHour, until: int) -> None:
    total = sum(hour.totals[:until])
    measured = sum(hour.mask >> i & 1 for i in range(until))
    assert sums_until(pack_hour(hour), until) == (total - sum(hour.bads[:until]), total, measured)


@pytest.mark.parametrize("spread", EDGES)
@pytest.mark.parametrize("bad", EDGES)
@pytest.mark.parametrize(
    "mask", [pytest.param(FULL_HOUR, id="all"), pytest.param(FULL_HOUR ^ 1 << 7, id="one missing")]
)
@pytest.mark.parametrize(
    "losing", [pytest.param({3}, id="sparse"), pytest.param(set(range(HOUR)), id="dense")]
)
def test_every_width_at_its_limits(spread: int, bad: int, mask: int, losing: set[int]) -> None:
    totals = [LARGEST_TOTAL - spread * (i % 2) for i in range(HOUR)]
    hour = _hour(mask, [bad * (i in losing) for i in range(HOUR)], totals)
    packed = pack_hour(hour)
    assert unpack_hour(packed) == hour
    assert [sums_until(packed, until)[1] for until in range(HOUR + 1)] == [
        sum(hour.totals[:until]) for until in range(HOUR + 1)
    ]


@pytest.mark.parametrize(
    ("hour", "most"),
    [
        pytest.param(_hour(FULL_HOUR, [0] * HOUR, [40] * HOUR), 6, id="the same all the time, nothing lost"),
        pytest.param(_hour(FULL_HOUR, [0, 1] * 30, [1_000_000, 1_000_200] * 30), 126, id="little spread"),
        pytest.param(_hour(FULL_HOUR, [0] * 59 + [9], [40] * HOUR), 9, id="one minute lost some"),
        pytest.param(_hour(1 << 59, [0] * HOUR, [600] * HOUR), 14, id="one minute measured"),
    ],
)
def test_usual_hours_are_small(hour: MeasuredHour, most: int) -> None:
    assert len(pack_hour(hour)) <= most

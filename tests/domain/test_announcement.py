"""Who may plan work, how a request is read, and what is due when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agreement import Agreement, AgreementKind
from domain.announcement import Commitments, Stage, affected_by_withdrawal, matters
from domain.exclusion import Exclusion
from domain.planned_request import is_request, read_request, slug
from domain.refusal import Refusal
from domain.team import Team
from domain.time_limit import LimitUnit, TimeLimit
from domain.typed import as_typed
from domain.window import Period
from tests.fakes.organisation import objective

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DAYS = tuple(NOON + DAY * number for number in range(-5, 6))
DAILY = Exclusion(
    "daily", DAYS, 2 * HOUR, "backup", NOON - 30 * DAY, services=("search",), recurs="FREQ=DAILY"
)
SEARCH = Commitments.of([objective("search-latency", "shop")], [], [Team("shop", channel="#shop")], [])


def due(
    exclusion: Exclusion, at: datetime, commitments: Commitments = SEARCH
) -> list[tuple[datetime, Stage]]:
    return [(occurrence.start, stage) for occurrence, stage in commitments.due(exclusion, at=at)]


def test_of_a_series_what_runs_and_what_begins_within_a_day_is_due() -> None:
    assert due(DAILY, NOON) == [(NOON, Stage.BEGUN), (NOON + DAY, Stage.ANNOUNCED)]
    assert due(DAILY, NOON + 2 * HOUR) == [(NOON + DAY, Stage.ANNOUNCED)]
    assert due(DAILY, DAYS[-1] + 2 * HOUR) == []


def test_of_what_was_withdrawn_nothing_is_due() -> None:
    assert due(replace(DAILY, withdrawn_at=NOON - HOUR), NOON) == []


@pytest.mark.parametrize(
    ("exclusion", "at", "expected"),
    [
        pytest.param(DAILY, NOON, True, id="ahead"),
        pytest.param(DAILY, DAYS[-1] + 2 * HOUR, False, id="over"),
        pytest.param(replace(DAILY, starts=()), NOON, False, id="without any occurrence"),
        pytest.param(replace(DAILY, withdrawn_at=NOON), NOON + 3 * HOUR, True, id="withdrawn a moment ago"),
        pytest.param(replace(DAILY, withdrawn_at=NOON), NOON + 4 * HOUR, False, id="withdrawn long ago"),
        pytest.param(
            replace(DAILY, withdrawn_at=NOON), NOON - HOUR, False, id="withdrawn later, seen from before"
        ),
    ],
)
def test_what_matters(exclusion: Exclusion, at: datetime, expected: bool) -> None:
    assert matters(exclusion, at=at) is expected


def test_a_withdrawal_affects_what_runs_and_what_lies_ahead() -> None:
    withdrawn = replace(DAILY, withdrawn_at=NOON + HOUR)
    affected = affected_by_withdrawal(withdrawn, at=NOON + HOUR)
    assert [one.start for one in affected] == list(DAYS[5:])
    *before, last = withdrawn.occurrences()
    assert [one.start for one in before] == list(DAYS[:5])
    assert {one.end - one.start for one in before} == {2 * HOUR}
    assert last == Period(NOON, NOON + HOUR)


@pytest.mark.parametrize(
    ("notice", "ahead", "in_time"),
    [
        pytest.param(TimeLimit(3, LimitUnit.WORKING_DAYS), 3, True, id="working days"),
        pytest.param(TimeLimit(4, LimitUnit.WORKING_DAYS), 3, False, id="too few working days"),
        pytest.param(TimeLimit(4), 4, True, id="days"),
        pytest.param(TimeLimit(5), 4, False, id="too few days"),
        pytest.param(TimeLimit(105, LimitUnit.HOURS), 105, True, id="hours"),
        pytest.param(TimeLimit(106, LimitUnit.HOURS), 105, False, id="too few hours"),
    ],
)
def test_how_long_ahead_and_whether_in_time_agree(notice: TimeLimit, ahead: int, in_time: bool) -> None:
    """Announced on Tuesday at noon for Saturday at 21:00."""
    work = Exclusion("work", (NOON + 4 * DAY + 9 * HOUR,), HOUR, "x", NOON, objectives=("search-latency",))
    sla = Agreement("sla", AgreementKind.SLA, "shop", "retail", maintenance_notice=notice)
    search = objective("search-latency", "shop")
    terms = replace(search.versions[0], agreement="sla")
    commitments = Commitments.of([replace(search, versions=(terms,))], [sla], [Team("shop")], [])
    [occurrence] = work.occurrences()
    [effect] = commitments.effects(work, occurrence, commitments.concerns(work, at=occurrence.start))
    assert (effect.ahead, effect.in_time) == (ahead, in_time)


@pytest.mark.parametrize(
    ("name", "taken", "given"),
    [
        pytest.param("checkout", [], "checkout-2026-11-28", id="free"),
        pytest.param("checkout", ["checkout-2026-11-28"], "checkout-2026-11-28-2", id="taken"),
        pytest.param(
            "checkout",
            ["checkout-2026-11-28", "checkout-2026-11-28-2"],
            "checkout-2026-11-28-3",
            id="taken twice",
        ),
        pytest.param("slo/Part One", [], "slo-part-one-2026-11-28", id="no name of a definition"),
        pytest.param("∗∗", [], "work-2026-11-28", id="nothing left"),
        pytest.param("x" * 127, [], f"{'x' * 45}-2026-11-28", id="long"),
    ],
)
def test_slugs(name: str, taken: Sequence[str], given: str) -> None:
    assert slug(name, date(2026, 11, 28), taken) == given


def test_a_request_may_have_its_words_again_in_the_reason() -> None:
    request = read_request(
        "checkout availability FROM sat 22:00 To 02:00 Because we move from a to b because we must",
        command="/slm",
    )
    assert (request.name, request.start, request.end) == ("checkout availability", "sat 22:00", "02:00")
    assert request.reason == "we move from a to b because we must"
    assert not request.lasts


@pytest.mark.parametrize("text", ["checkout", "", "fromage", "checkout-from-here", "tobecause"])
def test_a_name_is_no_request(text: str) -> None:
    assert not is_request(text)


WORDS = st.sampled_from(
    ["from", "to", "for", "because", "sat", "22:00", "4h", "checkout", "  ", "2026-11-28", "x"]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=20).map(" ".join)))
def test_any_text_is_a_request_or_refused(text: str) -> None:
    try:
        request = read_request(text, command="/slm")
        period = request.period(ZoneInfo("Europe/Berlin"), at=NOON)
    except Refusal:
        return
    assert NOON < period.start < period.end
    assert period.end - period.start <= 31 * DAY


def test_a_huge_text_is_read_in_no_time() -> None:
    with pytest.raises(Refusal):
        read_request(" from to for " * 20_000, command="/slm")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<@U0ANA|ana> and <@U0BEN>", "@ana and @U0BEN"),
        ("<#C0X|general> <!subteam^S0X|@sre> <!here>", "#general @sre @here"),
        ("<https://example.com|example.com> <https://x.org>", "example.com https://x.org"),
        ("&amp;lt;", "&lt;"),
    ],
)
def test_what_slack_escapes_is_read_as_typed(text: str, typed: str) -> None:
    assert as_typed(text) == typed

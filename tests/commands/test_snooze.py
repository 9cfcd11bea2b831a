"""`/slm snooze`: nobody is asked until then; what is shown follows in the same transaction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.exclusion import Exclusion
from domain.team import Team
from storage.heard import AlreadyHeard
from storage.store import Store
from tests.commands.conftest import NOON
from tests.commands.open_warnings import (
    POSTED,
    asked,
    buttons,
    notice,
    open_warnings,
    said_in_thread,
    saved,
    warned,
    warning,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def store(organisation: Store) -> Store:
    """Payments is in Berlin; work runs on checkout for one and a half hours more."""
    with organisation.transaction() as tx:
        tx.teams.save(
            [Team("payments", channel="#team-payments", members=("U0ANA",), timezone="Europe/Berlin")]
        )
        work = Exclusion(
            "upgrade", (NOON - HOUR,), 2.5 * HOUR, "upgrade", NOON - HOUR, services=("checkout",)
        )
        tx.exclusions.save([work])
    return warned(organisation)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        pytest.param("snooze W-43 1h", NOON + HOUR, id="an hour"),
        pytest.param("snooze w43 for 90m", NOON + 1.5 * HOUR, id="minutes"),
        pytest.param("snooze checkout-latency 1h", NOON + HOUR, id="by its objective"),
        pytest.param(
            "sn checkout-l until 16:00", datetime(2026, 11, 24, 15, tzinfo=UTC), id="Berlin's clock"
        ),
        pytest.param("snooze W-43 until digest", datetime(2026, 11, 25, 8, tzinfo=UTC), id="the digest"),
        pytest.param("snooze W-43 until tomorrow", datetime(2026, 11, 25, 8, tzinfo=UTC), id="tomorrow"),
        pytest.param("snooze W-43 until maintenance", NOON + 1.5 * HOUR, id="the work that runs"),
    ],
)
def test_it_is_snoozed_until_then(text: str, until: datetime, store: Store) -> None:
    answered = asked(store, text)
    assert answered.text.startswith("W-43 (checkout-latency) is snoozed until ")
    assert buttons(answered)[0] == ("Acknowledge", "ack W-43")
    snoozed = saved(store, 43)
    assert (snoozed.snoozed_by, snoozed.snoozed_until) == ("U0ANA", until)
    assert snoozed.snoozed(until - timedelta(seconds=1))
    assert saved(store, 42).snoozed_until is None


def test_its_message_and_its_thread_say_so(store: Store) -> None:
    asked(store, "snooze W-43 1h")
    assert "Snoozed by <@U0ANA> until" in str(notice(store, "warning:43").content.blocks)
    assert len(said_in_thread(store, 43)) == 1
    assert notice(store, "warning:42").content == POSTED


@pytest.mark.parametrize(
    ("number", "ends"),
    [(42, "Nobody is asked until then."), (43, "It ends sooner if it gets urgent.")],
    ids=["urgent", "can wait"],
)
def test_it_is_told_when_it_ends(number: int, ends: str, store: Store) -> None:
    assert asked(store, f"snooze W-{number} 1h").text.endswith(f"is snoozed until 14:00. {ends}")


def test_the_day_is_told_where_it_is_another(store: Store) -> None:
    assert "until Wed 09:00." in asked(store, "snooze W-43 until digest").text


@pytest.mark.parametrize(
    ("text", "told", "offered"),
    [
        pytest.param(
            "snooze W-43",
            "Until when? For example `snooze W-43 1h`, `snooze W-43 until digest`, `until 16:00`.",
            [("W-43 1h", "snooze W-43 1h"), ("W-43 until digest", "snooze W-43 until digest")],
            id="no time",
        ),
        pytest.param(
            "snooze checkout-l until",
            "Until when? For example `snooze checkout-l 1h`",
            [
                ("checkout-l 1h", "snooze checkout-l 1h"),
                ("checkout-l until digest", "snooze checkout-l until digest"),
            ],
            id="until nothing",
        ),
        pytest.param(
            "snooze 1h",
            "Open: W-42 card-auth-availability, W-43 checkout-latency. Which one?",
            [("W-42", "snooze W-42 1h"), ("W-43", "snooze W-43 1h")],
            id="no name",
        ),
        pytest.param(
            "snooze payments until 16:00",
            "2 warnings are open about payments. "
            "Open: W-42 card-auth-availability, W-43 checkout-latency. Which one?",
            [("W-42", "snooze W-42 until 16:00"), ("W-43", "snooze W-43 until 16:00")],
            id="several",
        ),
        pytest.param("snooze W-43 8d", "A snooze lasts 7 days at most.", [], id="too long"),
        pytest.param("snooze W-43 1x", '"1x" is no length of time.', [], id="no length"),
        pytest.param(
            "snooze W-42 until maintenance", "No planned work runs on it now.", [], id="no work runs"
        ),
        pytest.param(
            "snooze W-40 until maintenance",
            "W-40 is over since 12:50. Nothing to do.",
            [("Show W-40", "warnings W-40")],
            id="over",
        ),
    ],
)
def test_what_is_refused_has_a_remedy_and_changes_nothing(
    text: str, told: str, offered: list[tuple[str, str]], store: Store
) -> None:
    answered = asked(store, text)
    assert answered.text.startswith(told)
    assert buttons(answered) == offered
    for number in (40, 42, 43):
        assert saved(store, number).snoozed_until is None


def test_a_warning_of_no_team_goes_by_utc(store: Store) -> None:
    open_warnings(store, replace(warning(44, "invoice-availability", team=None)))
    asked(store, "snooze W-44 until tomorrow")
    assert saved(store, 44).snoozed_until == datetime(2026, 11, 25, 9, tzinfo=UTC)
    assert asked(store, "snooze W-44 until digest").text.startswith("No digest comes to its team.")


def test_what_slack_delivers_again_acts_once(store: Store) -> None:
    asked(store.on_behalf_of("trigger:1", at=NOON), "snooze W-43 1h")
    asked(store, "snooze W-43 2h")
    with pytest.raises(AlreadyHeard):
        asked(Store(store.engine).on_behalf_of("trigger:1", at=NOON), "snooze W-43 1h")
    assert saved(store, 43).snoozed_until == NOON + 2 * HOUR


def test_the_later_one_holds(store: Store) -> None:
    asked(store, "snooze W-43 until digest")
    asked(store, "snooze W-43 1h", person="U0BEN")
    assert (saved(store, 43).snoozed_by, saved(store, 43).snoozed_until) == ("U0BEN", NOON + HOUR)

"""What the sample's teams were asked and answered, whenever the sandbox is made."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.sample.answers import (
    ANSWERED_BY,
    BERLIN,
    EARLIER_TARGETS,
    NOT_ASKED_BEFORE,
    asked_lately,
    next_month,
)
from tests.sandbox.test_sample import annotations, documents, names
from tests.sandbox.test_sample_agenda import ORIGINS

WALLET = "wallet-availability"


@pytest.mark.parametrize("origin", ORIGINS)
def test_all_was_asked_before_and_the_new_terms_are_of_this_week(origin: datetime) -> None:
    asked = asked_lately(origin)
    assert all(one.at < (one.answered_at or origin) < origin + timedelta(seconds=1) for one in asked)
    [of_terms] = [one for one in asked if one.objectives == (WALLET,)]
    assert timedelta(0) < origin - of_terms.at < timedelta(days=8)
    assert of_terms.at.weekday() == 0


@pytest.mark.parametrize("origin", ORIGINS)
def test_new_terms_begin_with_a_month_that_lies_ahead(origin: datetime) -> None:
    begins = next_month(origin)
    assert begins > origin
    local = begins.astimezone(BERLIN)
    assert (local.day, local.hour, local.minute) == (1, 0, 0)
    assert begins - origin < timedelta(days=32)


def test_the_last_of_december() -> None:
    assert next_month(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)) == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert next_month(datetime(2026, 12, 31, 23, tzinfo=UTC)) == datetime(2027, 1, 31, 23, tzinfo=UTC)


def test_everything_named_is_there() -> None:
    known = set(names("SLO"))
    owners = {slo["metadata"]["name"]: annotations(slo).get("owner") for slo in documents("SLO")}
    asked = {name for one in asked_lately(datetime(2026, 11, 24, tzinfo=UTC)) for name in one.objectives}
    assert asked == {*NOT_ASKED_BEFORE, *EARLIER_TARGETS}
    assert asked <= known
    assert set(ANSWERED_BY) == {owner for owner in owners.values() if owner}
    people = {team["metadata"]["name"]: team["spec"].get("members") for team in documents("Team")}
    assert all(person in people[team] for team, person in ANSWERED_BY.items())

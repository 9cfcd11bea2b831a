"""Giving an objective to another team: from then on, also what is still to come, and never what was before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.objective import Objective
from domain.owning import changes_hands_by_itself, given_to, owners_within
from domain.slack_change import SlackChange
from tests.fakes.organisation import objective

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
STRICTER = Fraction(9999, 10_000)


def checkout(*since: datetime, owner: str = "payments") -> Objective:
    """With stricter terms from each of these instants on."""
    first = objective("checkout", "payments")
    later = [
        replace(first.versions[0], version=number, since=at, target=STRICTER, owner=owner)
        for number, at in enumerate(since, 2)
    ]
    return replace(first, versions=(*first.versions, *later))


def owners(of: Objective, *instants: datetime) -> list[str | None]:
    return [of.terms(at=at).owner for at in instants]


def test_it_is_theirs_from_then_on_by_the_same_terms() -> None:
    given = given_to(checkout(), "shop", by="U0ANA", at=NOON)
    before, after = given.versions
    assert after == replace(before, owner="shop", version=2, since=NOON)
    assert owners(given, NOON - DAY, NOON, NOON + DAY) == ["payments", "shop", "shop"]
    assert given.slack_changes == (SlackChange("owner", "U0ANA", NOON),)


def test_terms_that_are_still_to_come_are_theirs_too_and_come_when_they_were_to() -> None:
    given = given_to(checkout(DECEMBER), "shop", by="U0ANA", at=NOON)
    assert owners(given, NOON - DAY, NOON, DECEMBER) == ["payments", "shop", "shop"]
    targets = [given.terms(at=at).target for at in (NOON, DECEMBER - DAY, DECEMBER)]
    assert targets == [Fraction(999, 1000), Fraction(999, 1000), STRICTER]
    assert given.versions[-1].since == DECEMBER
    assert [one.version for one in given.versions] == [1, 2, 3, 4]


def test_terms_that_never_come_into_force_are_left_behind() -> None:
    shadowed = checkout(DECEMBER + 9 * DAY, DECEMBER)
    given = given_to(given_to(shadowed, "shop", by="U0ANA", at=NOON), "search", by="U0EVA", at=NOON + DAY)
    assert [one.since for one in given.versions[3:]] == [NOON, DECEMBER, NOON + DAY, DECEMBER]
    assert owners(given, NOON, NOON + DAY, DECEMBER, DECEMBER + 9 * DAY) == ["shop", *["search"] * 3]


def test_only_the_newest_mark_of_its_owner_is_kept() -> None:
    first = given_to(checkout(), "shop", by="U0ANA", at=NOON)
    other = SlackChange("target", "U0KIM", NOON)
    marked = replace(first, slack_changes=(*first.slack_changes, other))
    again = given_to(marked, "search", by="U0EVA", at=NOON + DAY)
    assert again.slack_changes == (other, SlackChange("owner", "U0EVA", NOON + DAY))


def test_whose_it_was_in_a_span() -> None:
    given = given_to(checkout(NOON - 5 * DAY), "shop", by="U0ANA", at=NOON)
    assert owners_within(given, NOON - 9 * DAY, NOON) == [(NOON - 9 * DAY, "payments")]
    assert owners_within(given, NOON - DAY, NOON + DAY) == [(NOON - DAY, "payments"), (NOON, "shop")]
    assert owners_within(given, NOON, NOON + DAY) == [(NOON, "shop")]


def test_when_files_give_it_to_another_team_later() -> None:
    assert changes_hands_by_itself(checkout(DECEMBER), at=NOON) is None
    assert changes_hands_by_itself(checkout(DECEMBER, owner="shop"), at=NOON) == DECEMBER
    assert changes_hands_by_itself(checkout(DECEMBER, owner="shop"), at=DECEMBER) is None

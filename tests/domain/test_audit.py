"""The chain of the audit trail: any one thing that is changed, taken out or swapped shows."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit import Broken, Entry, Fault, Head, canonical, origin, verify

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
START = origin("default")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
FIELDS = ("number", "at", "by", "action", "subject", "facts", "previous", "chained")


@st.composite
def chains(draw: st.DrawFn) -> list[Entry]:
    """At least two entries, each chained to the one before."""
    trail: list[Entry] = []
    before = START
    for number in range(1, draw(st.integers(2, 8)) + 1):
        at = AT + timedelta(microseconds=draw(st.integers(0, 10**12)))
        by = draw(st.none() | TEXTS)
        facts = canonical(draw(st.dictionaries(TEXTS, TEXTS | st.integers() | st.booleans(), max_size=3)))
        new = Entry(number, at, by, draw(TEXTS), draw(TEXTS), facts, before.hash)
        trail.append(replace(new, chained=new.hash))
        before = trail[-1].head
    return trail


def naive_hash(entry: Entry) -> str:
    """Written out by hand, as somebody without Steward would."""
    parts = [
        ("action", entry.action),
        ("at", entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
        ("by", entry.by),
        ("facts", entry.facts),
        ("number", entry.number),
        ("previous", entry.previous),
        ("subject", entry.subject),
    ]
    told = ",".join(f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False)}" for key, value in parts)
    return sha256(f"{{{told}}}".encode()).hexdigest()


def sorted_by_number(trail: Sequence[Entry]) -> list[Entry]:
    """As a database reads them, whatever order they were written in."""
    return sorted(trail, key=lambda one: one.number)


@given(chains())
def test_a_chain_is_whole_up_to_its_head(trail: list[Entry]) -> None:
    found = verify(trail, START)
    assert (found.head, found.broken) == (Head(len(trail), naive_hash(trail[-1])), None)


@given(chains())
def test_the_hash_is_the_one_that_anybody_can_compute(trail: list[Entry]) -> None:
    assert [one.chained for one in trail] == [naive_hash(one) for one in trail]


def another(field: str, value: Any) -> Any:
    """A value of the same type that differs in the least."""
    if field == "at":
        return value + timedelta(microseconds=1)
    if field == "number":
        return value + 1_000
    return f"{value}x" if value else "x"


@given(chains(), st.data())
def test_any_changed_field_of_any_entry_is_found(trail: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(trail) - 1))
    field = data.draw(st.sampled_from(FIELDS))
    changed = replace(trail[place], **{field: another(field, getattr(trail[place], field))})
    found = verify(sorted_by_number([*trail[:place], changed, *trail[place + 1 :]]), START)
    assert found.broken is not None
    assert found.head.number == place


@given(chains(), st.data())
def test_an_entry_taken_out_of_the_middle_is_found_where_it_was(
    trail: list[Entry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(trail) - 2))
    found = verify([*trail[:place], *trail[place + 1 :]], START)
    assert found.broken == Broken(place + 1, Fault.MISSING)


@given(chains(), st.data())
def test_two_entries_that_change_places_are_found(trail: list[Entry], data: st.DataObject) -> None:
    one, two = sorted(
        data.draw(st.lists(st.sampled_from(range(len(trail))), min_size=2, max_size=2, unique=True))
    )
    numbers = list(trail)
    numbers[one], numbers[two] = replace(trail[two], number=one + 1), replace(trail[one], number=two + 1)
    found = verify(sorted_by_number(numbers), START)
    assert found.broken is not None
    assert found.broken.number == one + 1


@given(chains(), st.data())
def test_an_entry_that_was_made_anew_does_not_fit_those_around_it(
    trail: list[Entry], data: st.DataObject
) -> None:
    """Whoever changes an entry and its hash as well breaks the link of the next one."""
    place = data.draw(st.integers(0, len(trail) - 2))
    forged = replace(trail[place], subject=f"{trail[place].subject}x")
    forged = replace(forged, chained=forged.hash)
    found = verify([*trail[:place], forged, *trail[place + 1 :]], START)
    assert found.broken == Broken(place + 2, Fault.UNCHAINED, trail[place + 1].at)


@given(chains(), st.data())
def test_newest_entries_that_are_gone_show_only_by_a_kept_head(
    trail: list[Entry], data: st.DataObject
) -> None:
    left = trail[: data.draw(st.integers(0, len(trail) - 1))]
    assert verify(left, START).broken is None
    assert verify(left, START, trail[-1].head).broken == Broken(len(left) + 1, Fault.SHORTER)


@given(chains(), st.data())
def test_a_trail_written_anew_shows_by_a_kept_head(trail: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.sampled_from(trail)).head
    assert verify(trail, START, kept).broken is None
    first = replace(trail[0], subject="something else")
    rewritten = [replace(first, chained=first.hash)]
    for one in trail[1:]:
        new = replace(one, previous=rewritten[-1].chained)
        rewritten.append(replace(new, chained=new.hash))
    assert verify(rewritten, START).broken is None
    assert verify(rewritten, START, kept).broken == Broken(
        kept.number, Fault.NOT_THE_HEAD, trail[kept.number - 1].at
    )


def test_another_workspaces_trail_does_not_begin_here() -> None:
    new = Entry(1, AT, None, "created", "x", "{}", origin("other").hash)
    assert verify([replace(new, chained=new.hash)], START).broken == Broken(1, Fault.UNCHAINED, AT)


def test_an_empty_trail_is_whole_and_its_head_is_its_origin() -> None:
    assert verify([], START).head == START
    assert verify([], START, START).broken is None
    assert verify([], START, origin("other")).broken == Broken(0, Fault.NOT_THE_HEAD)


def test_an_instant_is_the_same_in_any_zone() -> None:
    entry = Entry(1, AT, None, "created", "x", "{}", START.hash)
    assert replace(entry, at=AT.astimezone(timezone(timedelta(hours=2)))).hash == entry.hash


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}', id="sorted keys and no spaces"),
        pytest.param("Ärger ⚖️", '"Ärger ⚖️"', id="letters as they are"),
        pytest.param('a"b\n\x1f', '"a\\"b\\n\\u001f"', id="what must be escaped"),
    ],
)
def test_there_is_one_way_to_write_it(value: object, written: str) -> None:
    assert canonical(value) == written

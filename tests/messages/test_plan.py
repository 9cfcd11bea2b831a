"""A plan reads like a diff."""

from dataclasses import replace

from domain.definition import Kind
from domain.plan import Asks, Change, FieldChange, Plan, Verb
from messages.plan import EXAMPLE, render


def test_the_example() -> None:
    assert render(EXAMPLE).split("\n") == [
        "~ calendar weekdays: free days 584 from 2000-01-03 to 2059-12-26 → 585: + 2027-03-08; "
        "past figures are counted anew",
        "~ team payments: digest 10:00 on working days → 09:00 on working days",
        "+ objective checkout-availability: 99.9% over 30 days, owner payments, agreement checkout-sla",
        "~ objective payout-latency (version 2): target 99.9% → 99.5%",
        "- objective fax-delivery: retired; its history stays",
        "+ exclusion db-upgrade: objectives checkout-availability, occurrences (UTC) 2026-11-28 21:00, "
        "length 240 min",
        "- exclusion fax-line: removed; what it excluded counts again",
        "- agreement fax-sla: removed",
        "= service fax stays: the history of objective `fax-delivery` needs it",
        "! undoes what U0B2 changed in Slack, 2026-11-20 14:03 UTC: digest of team payments, "
        "and needs --overwrite",
        "✍ payments must acknowledge 1 new: checkout-availability",
        "✍ payments must acknowledge 1 again: payout-latency",
        "2 to create, 3 to update, 1 to retire, 2 to remove.",
    ]


def test_what_may_be_undone_needs_nothing_more() -> None:
    undoing = render(replace(EXAMPLE, overwrite=True)).split("\n")[-4]
    assert undoing == "! undoes what U0B2 changed in Slack, 2026-11-20 14:03 UTC: digest of team payments"


def test_nothing() -> None:
    assert render(Plan()) == "Nothing to change."


def test_one_that_comes_back() -> None:
    unit = FieldChange("unit", "", "orders")
    changes = (
        Change(Verb.RESTORE, Kind.OBJECTIVE, "a"),
        Change(Verb.RESTORE, Kind.OBJECTIVE, "b", (unit,), 2),
    )
    assert render(Plan(changes)).split("\n") == [
        "~ objective a: no longer retired",
        "~ objective b (version 2): no longer retired, unit none → orders",
        "2 to restore.",
    ]


def test_something_new_without_much_to_say() -> None:
    unowned = (FieldChange("target", "", "99%"), FieldChange("window", "", "7 days"))
    changes = (
        Change(Verb.CREATE, Kind.SERVICE, "checkout"),
        Change(Verb.CREATE, Kind.OBJECTIVE, "a", unowned),
    )
    assert render(Plan(changes)).split("\n")[:2] == [
        "+ service checkout",
        "+ objective a: 99% over 7 days, owner none",
    ]


def test_long_and_broken_text_stays_on_its_line() -> None:
    change = FieldChange("description", "a\nb", "x" * 1050)
    (line, _) = render(Plan((Change(Verb.UPDATE, Kind.SERVICE, "checkout", (change,)),))).split("\n")
    assert line == f"~ service checkout: description a b → {'x' * 60}…"


def test_many_to_acknowledge_are_counted() -> None:
    names = tuple(f"o-{number:02}" for number in range(14))
    changes = (Change(Verb.CREATE, Kind.SERVICE, "checkout"),)
    (_, line, _) = render(Plan(changes, asks=(Asks("payments", names),))).split("\n")
    assert line.startswith("✍ payments must acknowledge 14 new: o-00, o-01, ")
    assert line.endswith(", o-11, and 2 more")


def test_what_is_kept_whole_may_be_secret() -> None:
    changed = (FieldChange("source type", "a", "b"), FieldChange("details", "3f2a", "88aa"))
    created = (FieldChange("source type", "", "b"), FieldChange("details", "", "88aa"))
    changes = (
        Change(Verb.UPDATE, Kind.DATA_SOURCE, "prom", changed),
        Change(Verb.CREATE, Kind.DATA_SOURCE, "other", created),
    )
    assert render(Plan(changes)).split("\n")[:2] == [
        "~ data source prom: source type a → b, other details",
        "+ data source other: source type b",
    ]

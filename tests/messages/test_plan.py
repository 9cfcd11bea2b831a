"""A plan reads like a diff."""

from domain.definition import Kind
from domain.plan import Change, FieldChange, Plan, Verb
from messages.plan import EXAMPLE, render


def test_the_example() -> None:
    assert render(EXAMPLE).split("\n") == [
        "~ team payments: channel #payments → #team-payments",
        "+ objective checkout-availability: 99.9% over 30 days, owner payments, agreement checkout-sla",
        "~ objective payout-latency (version 2): target 99.9% → 99.5%",
        "- objective fax-delivery: retired; its history stays",
        "- agreement fax-sla: removed",
        "= service fax stays: the history of objective `fax-delivery` needs it",
        "1 to create, 2 to update, 1 to retire, 1 to remove.",
    ]


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

"""Every problem that an agreement, a calendar or planned work can have, at its line."""

import pytest

from domain.definition import Known
from tests.connectors.definitions.conftest import Read, short
from tests.connectors.definitions.samples import (
    AGREEMENT,
    BY_WALL,
    KNOWN,
    ONCE,
    SLO,
    TEAM,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_EXCLUSION,
)

TYPE = "type: SLA"
HOURS = '{mon-fri: ["08:00-18:00"]}'
RULE = "FREQ=MONTHLY;BYDAY=-1SA"
HOLIDAYS = "{country: DE, subdivision: BE, dates: [2026-12-24]}"
END = "to: 2026-11-29T02:00:00+01:00"
START = "from: 2026-11-28T22:00:00+01:00"

# (what is wrong, the text it is made from, what is replaced, by what, the problems)
REPLACED = [
    ("an unknown calendar of a team", TEAM, "kind: internal", "calendar: weekends", ["5 E602"]),
    ("unknown service hours", AGREEMENT, TYPE, f"{TYPE}\n  serviceHours: weekends", ["6 E602"]),
    ("no date", AGREEMENT, TYPE, f"{TYPE}\n  review: 1.10.2026", ["6 E217"]),
    ("a day that is none", AGREEMENT, TYPE, f"{TYPE}\n  review: 2026-02-30", ["6 E217"]),
    ("a year that is none", AGREEMENT, TYPE, f"{TYPE}\n  review: 0226-10-01", ["6 E217"]),
    ("a list as a date", THE_CALENDAR, "2026-12-24", "[2026-12-24]", ["7 E217"]),
    ("no limit", AGREEMENT, TYPE, f"{TYPE}\n  maintenanceNotice: 5 days", ["6 E218"]),
    ("a limit of months", AGREEMENT, TYPE, f"{TYPE}\n  maintenanceNotice: 1M", ["6 E218"]),
    ("a limit of nothing", AGREEMENT, TYPE, f"{TYPE}\n  maintenanceNotice: 0wd", ["6 E218"]),
    ("nobody to contact", AGREEMENT, TYPE, f"{TYPE}\n  contact: Carol", ["6 E301"]),
    ("no arbiter", AGREEMENT, TYPE, f"{TYPE}\n  disputes: {{arbiter: Dora}}", ["6 E301", "6 W202"]),
    (
        "an end before its beginning",
        AGREEMENT,
        TYPE,
        f"{TYPE}\n  effective: {{from: 2026-01-02, until: 2026-01-01}}",
        ["6 E305"],
    ),
    ("an SLA of a third party", AGREEMENT, "provider: payments", "provider: bank", ["5 W302"]),
    ("an OLA with a customer", AGREEMENT, TYPE, "type: OLA", ["5 W302"]),
    ("a UC the wrong way round", AGREEMENT, TYPE, "type: UC", ["5 W302", "5 W302"]),
    ("no zone", THE_CALENDAR, "  timezone: Europe/Berlin\n", "", ["5 E206"]),
    ("no hours", THE_CALENDAR, f"  hours: {HOURS}\n", "", ["5 E206"]),
    ("hours without a list", THE_CALENDAR, '["08:00-18:00"]', '"08:00-18:00"', ["6 E207"]),
    ("no day", THE_CALENDAR, "mon-fri", "monday", ["6 E701"]),
    ("a day left open", THE_CALENDAR, "mon-fri", "mon-", ["6 E701"]),
    ("hours without minutes", THE_CALENDAR, "08:00-18:00", "8-18", ["6 E701"]),
    ("hours of no length", THE_CALENDAR, "08:00-18:00", "08:00-08:00", ["6 E701"]),
    ("hours from 24:00", THE_CALENDAR, "08:00-18:00", "24:00-08:00", ["6 E701"]),
    ("a mapping as hours", THE_CALENDAR, '"08:00-18:00"', "{from: 8}", ["6 E701"]),
    ("a day twice", THE_CALENDAR, HOURS, '{mon-fri: ["08:00-18:00"], fri: []}', ["6 E702"]),
    ("hours that overlap", THE_CALENDAR, '"08:00-18:00"', '"08:00-18:00", "17:00-20:00"', ["6 E702"]),
    ("free days only", THE_CALENDAR, HOURS, "{mon-fri: [], sat: ~}", ["6 E703"]),
    ("no days", THE_CALENDAR, HOURS, "{}", ["6 E703"]),
    ("an unknown country", THE_CALENDAR, "DE", "Germany", ["7 E704"]),
    ("a country in small letters", THE_CALENDAR, "DE", "de", ["7 E704"]),
    ("an unknown subdivision", THE_CALENDAR, "BE", "Berlin", ["7 E704"]),
    ("a subdivision of no country", THE_CALENDAR, "country: DE, ", "", ["7 E704"]),
    ("Norway, unquoted", THE_CALENDAR, "country: DE, subdivision: BE", "country: NO", ["7 W201"]),
    ("holidays not known for long", THE_CALENDAR, "country: DE, subdivision: BE", "country: IN", ["7 W701"]),
    ("no time of day", ONCE, START, "from: 2026-11-28", ["6 E705"]),
    ("seconds", ONCE, START, "from: 2026-11-28T22:00:30Z", ["6 E705"]),
    ("a day that is none", ONCE, START, "from: 2026-11-31T22:00:00Z", ["6 E705"]),
    ("neither zone nor timezone", ONCE, START, "from: 2026-11-28T22:00:00", ["6 E705"]),
    ("an unknown timezone", ONCE, "ground:", "timezone: Berlin\n  ground:", ["8 E214"]),
    ("no end", ONCE, f"  {END}\n", "", ["5 E206"]),
    ("no length", ONCE, END, "to: 2026-11-28T21:00:00Z", ["7 E706"]),
    ("longer than a month", ONCE, END, "to: 2026-12-30T02:00:00+01:00", ["7 E706"]),
    ("another century", ONCE, END, "to: 1926-11-29T02:00:00+01:00", ["7 E706"]),
    (
        "on nothing",
        ONCE,
        "  objectives: [checkout-availability]   # or services: [checkout]\n",
        "",
        ["5 E707"],
    ),
    ("on an empty list", ONCE, "[checkout-availability]", "[]", ["5 E707"]),
    ("a text for a list", ONCE, "[checkout-availability]", "checkout-availability", ["5 E207"]),
    ("no objective's name", ONCE, "[checkout-availability]", "[Check Out]", ["5 E209"]),
    ("an unknown objective", ONCE, "[checkout-availability]", "[chekout-availability]", ["5 E602"]),
    ("the SLO of several objectives", ONCE, "[checkout-availability]", "[checkout]", ["5 E602"]),
    ("an unknown service", ONCE, "objectives: [checkout-availability]", "services: [chekout]", ["5 E602"]),
    ("another ground", ONCE, "planned-work", "bad-luck", ["8 E208"]),
    ("no reason", ONCE, "  reason: Upgrade of the payments database\n", "", ["5 E206"]),
    ("no rule", BY_WALL, RULE, "every Saturday", ["8 E708"]),
    ("a rule without a frequency", BY_WALL, RULE, "BYDAY=SA", ["8 E708"]),
    ("every second", BY_WALL, RULE, "FREQ=SECONDLY", ["8 E708"]),
    ("every minute", BY_WALL, RULE, "FREQ=MINUTELY", ["8 E708"]),
    ("an interval of nothing", BY_WALL, RULE, "FREQ=DAILY;INTERVAL=0", ["8 E708"]),
    ("a start of its own", BY_WALL, RULE, "DTSTART=20261128T220000Z;FREQ=DAILY", ["8 E708"]),
    ("a month that is none", BY_WALL, RULE, "FREQ=YEARLY;BYMONTH=13", ["8 E708"]),
    ("a numbered day of a week", BY_WALL, RULE, "FREQ=WEEKLY;BYDAY=1SA", ["8 E708"]),
    ("one part twice", BY_WALL, RULE, "FREQ=DAILY;FREQ=WEEKLY", ["8 E708"]),
    ("two ends", BY_WALL, RULE, "FREQ=DAILY;COUNT=3;UNTIL=20270101", ["8 E708"]),
    ("an end that is no date", BY_WALL, RULE, "FREQ=DAILY;UNTIL=20270230", ["8 E708"]),
    ("several rules", BY_WALL, RULE, r"FREQ=DAILY;COUNT=2\nRRULE:FREQ=DAILY", ["8 E210"]),
    ("a rule of a thousand letters", BY_WALL, RULE, f"FREQ=DAILY;BYMONTH={'1,' * 500}1", ["8 E210"]),
    ("the thirtieth of February", BY_WALL, RULE, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ["8 E709"]),
    ("an end before its beginning", BY_WALL, RULE, "FREQ=DAILY;UNTIL=20261127", ["8 E709"]),
    ("for ever, each day", BY_WALL, RULE, "FREQ=DAILY", ["8 W702"]),
    ("an offset all year", THE_EXCLUSION, "db", "db", ["8 W703"]),
    ("a beginning out of turn", BY_WALL, RULE, "FREQ=MONTHLY;BYDAY=1SA", ["6 W704"]),
    ("the name of one made in Slack", ONCE, "db-upgrade-november", "by-hand", ["1 E604"]),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "problems"), [pytest.param(*row[1:], id=row[0]) for row in REPLACED]
)
def test_a_bad_document_is_told_at_its_line(
    read: Read, text: str, old: str, new: str, problems: list[str]
) -> None:
    assert old in text
    loaded = read(text.replace(old, new, 1), KNOWN)
    assert short(loaded) == problems
    for problem in loaded.problems:
        assert len(str(problem).splitlines()) == 1
        assert str(problem).isprintable()


@pytest.mark.parametrize(
    "text", [THE_CALENDAR, ONCE, BY_WALL, ONCE.replace("db-upgrade-november", "by-file")]
)
def test_what_the_bad_documents_are_made_from_is_good(read: Read, text: str) -> None:
    assert read(text, KNOWN).problems == ()


def test_the_agreement_of_the_interfaces_only_has_fields_without_effect(read: Read) -> None:
    assert short(read(THE_AGREEMENT, KNOWN)) == [f"{line} W202" for line in (12, 14)]


def test_without_a_database_a_missing_name_is_a_warning(read: Read) -> None:
    assert short(read(ONCE)) == ["5 W602"]
    assert short(read(AGREEMENT.replace(TYPE, f"{TYPE}\n  serviceHours: weekdays"))) == [
        "6 W602",
        "7 W602",
        "8 W602",
    ]


def test_an_objective_of_a_broken_slo_is_not_called_missing_too(read: Read) -> None:
    known = Known(KNOWN.teams, KNOWN.services, KNOWN.agreements)
    assert short(read(f"{SLO.replace('0.999', '1')}---\n{ONCE}", known)) == ["25 E509"]


SENTENCES = [
    ("a better country", THE_CALENDAR, "DE", "de", "Did you mean `DE`"),
    ("all subdivisions", THE_CALENDAR, "BE", "Xyz", "There are BB, BE, BW"),
    ("the years that are known", THE_CALENDAR, "country: DE, subdivision: BE", "country: IN", "2001 to 2035"),
    ("objectives of an SLO", ONCE, "[checkout-availability]", "[checkout]", "or `checkout/fast`?"),
    ("the last that is kept", BY_WALL, RULE, "FREQ=DAILY", "until 2040-08-05; say UNTIL"),
    ("what keeps", THE_EXCLUSION, "db", "db", "It keeps +01:00 all year"),
    ("where to begin", BY_WALL, RULE, "FREQ=MONTHLY;BYDAY=1SA", "the first is 2026-12-05 22:00"),
    ("a better part", BY_WALL, RULE, "FREQ=DAILY;BYDAYS=SA", "Did you mean BYDAY?"),
    ("who made it", ONCE, "db-upgrade-november", "by-hand", "U0A1 made `by-hand` in Slack"),
    ("what the customer is", AGREEMENT, TYPE, "type: OLA", "`retail` is a customer"),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "sentence"), [pytest.param(*row[1:], id=row[0]) for row in SENTENCES]
)
def test_a_problem_says_its_remedy(read: Read, text: str, old: str, new: str, sentence: str) -> None:
    assert sentence in " ".join(map(str, read(text.replace(old, new, 1), KNOWN).problems))

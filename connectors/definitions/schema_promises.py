"""The specs of Agreement, Calendar and Exclusion as JSON Schema."""

from connectors.definitions import agreement, calendars, exclusion
from connectors.definitions.fields import NAME
from connectors.definitions.public_holidays import countries
from connectors.definitions.scalars import INSTANT, LIMIT
from connectors.definitions.schema_values import (
    DATE,
    TIME,
    Schema,
    listed,
    mapping,
    matching,
    name,
    text,
    told,
    word,
)
from connectors.definitions.slack_ids import PERSON
from domain.agreement import AgreementKind
from domain.exclusion import Ground
from domain.team import WEEKDAYS

RULE = r"\s*([Rr][Rr][Uu][Ll][Ee]:)?[A-Za-z]+=[^;=]+(;[A-Za-z]+=[^;=]+)*\s*"
DAYS = "|".join(WEEKDAYS)
SOME_DAYS = f"(?:{DAYS})(?:-(?:{DAYS}))?"
OBJECTIVE = f"(?:{NAME.pattern})(?:/(?:{NAME.pattern}))?"


def agreement_spec() -> Schema:
    """All that is promised beside the objectives."""
    fields = {
        "type": told(word(AgreementKind), "SLA: to a customer; OLA: between teams; UC: by a third party."),
        "provider": told(name(), "The Team that promises."),
        "customer": told(name(), "The Team that it is promised to."),
        "contact": told(matching(PERSON), "Whom to reach at the customer."),
        "effective": told(_effective(), "From when until when it holds; default always."),
        "review": told(matching(DATE), "The day on which both look at it again."),
        "serviceHours": told(name(), "The Calendar in which it is promised; default round the clock."),
        "disputes": told(_disputes(), "Until when a dispute is answered and ruled."),
        "maintenanceNotice": told(
            matching(LIMIT), "How far ahead planned work is announced, as 5wd; default no notice is needed."
        ),
        "claimWithin": told(matching(LIMIT), "Of a UC: until when a claim must be made, as 30d."),
    }
    return mapping(agreement.SPEC, fields, "type", "provider", "customer")


def _effective() -> Schema:
    fields = {
        "from": told(matching(DATE), "The first day, in the provider's time zone."),
        "until": told(matching(DATE), "The last day, in the provider's time zone."),
    }
    return mapping(agreement.EFFECTIVE, fields)


def _disputes() -> Schema:
    fields = {
        "answerWithin": told(matching(LIMIT), "How long the other party has to answer, as 3wd, 5d or 12h."),
        "ruleWithin": told(matching(LIMIT), "How long the arbiter has to rule, as 5wd."),
        "arbiter": told(matching(PERSON), "Who rules where no service level manager is neutral."),
    }
    return mapping(agreement.DISPUTES, fields)


def calendar_spec(zone: Schema) -> Schema:
    """Working days and hours."""
    hours: Schema = {
        "type": "object",
        "patternProperties": {
            f"^{SOME_DAYS}(?:, *{SOME_DAYS})*$": listed(matching(f"{TIME}-(?:{TIME}|24:00)"))
        },
        "additionalProperties": False,
        "minProperties": 1,
    }
    fields = {
        "timezone": told(zone, "By whose clocks the hours are."),
        "hours": told(hours, 'The hours of each day, as mon-fri: ["08:00-18:00"]; days left out are free.'),
        "holidays": told(_holidays(), "Free days beside the weekly ones."),
    }
    return mapping(calendars.SPEC, fields, "timezone", "hours")


def _holidays() -> Schema:
    parts = sorted({part for parts in countries().values() for part in parts})
    fields = {
        "country": told(word(sorted(countries())), "Whose public holidays are free, by ISO 3166."),
        "subdivision": told(word(parts), "The part of the country, such as BE of DE."),
        "dates": told(listed(matching(DATE)), "More free days."),
    }
    return {
        **mapping(calendars.HOLIDAYS, fields),
        "dependentRequired": {"subdivision": ["country"]},
    }


def exclusion_spec(zone: Schema) -> Schema:
    """Planned work."""
    fields = {
        "objectives": told(
            listed(matching(OBJECTIVE)), "The objectives for which these minutes do not count."
        ),
        "services": told(listed(name()), "The services for whose objectives they do not count."),
        "from": told(matching(INSTANT), "When it begins, to the minute, as 2026-11-28T22:00:00+01:00."),
        "to": told(matching(INSTANT), "When it ends; at most 31 days later."),
        "recurs": told(
            matching(RULE), 'The rule by which it comes again (RFC 5545), as "FREQ=MONTHLY;BYDAY=-1SA".'
        ),
        "ground": told(word(Ground), "Why these minutes do not count."),
        "reason": told(text(), "What is done, as teams and customers read it."),
        "timezone": told(zone, "By whose clocks it comes again, summer and winter."),
    }
    concerned: list[Schema] = [
        {"required": [field], "properties": {field: {"minItems": 1}}} for field in ("objectives", "services")
    ]
    return {**mapping(exclusion.SPEC, fields, "from", "to", "reason"), "anyOf": concerned}

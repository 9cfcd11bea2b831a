"""A Team's spec as JSON Schema."""

from connectors.definitions import team as reader
from connectors.definitions.schema_values import TIME, Schema, listed, mapping, matching, name, told, word
from connectors.definitions.slack_ids import CHANNEL, PERSON, SLACK_TEAM, USERGROUP
from domain.team import WEEKDAYS, TeamKind

LENGTH = r"\d{1,6}[mhdw]"


def team_spec(zone: Schema) -> Schema:
    """All that is said of a team."""
    fields = {
        "kind": told(word(TeamKind), "What it is to the service provider; default internal."),
        "channel": told(matching(CHANNEL), 'Where it is told: "#name" or an ID; outsiders may have none.'),
        "members": told(
            listed(matching(PERSON)), "Who acknowledges and answers for it: user IDs or e-mail addresses."
        ),
        "usergroup": told(matching(USERGROUP), "A user group of Slack whose people are members too."),
        "manager": told(matching(PERSON), "Who is asked when nobody of the team answers."),
        "timezone": told(zone, "Whose clocks its times of day are by; default UTC."),
        "calendar": told(
            name(), "The Calendar of its working days and hours; default Monday to Friday, 09:00 to 17:00."
        ),
        "quietHours": told(
            matching(f"{TIME}-{TIME}"), 'When warnings that can wait are held back, as "20:00-08:00".'
        ),
        "digest": told(
            _digest(), "When its digest comes; default 09:00 on working days, outsiders' on Mondays."
        ),
        "escalation": told(listed(_rung()), "Whom to reach while nobody answers, step by step."),
        "arbitrates": told(
            {"type": "boolean"}, "Whether these are the service level managers, who rule on disputes."
        ),
        "slackTeam": told(matching(SLACK_TEAM), "The Slack workspace of its people in a shared channel."),
    }
    return mapping(reader.SPEC, fields)


def _digest() -> Schema:
    fields = {
        "at": told(matching(TIME), 'The time of day on its clocks, as "09:00".'),
        "days": told(listed(word(WEEKDAYS)), "The days on which it comes; an empty list is never."),
    }
    return mapping(reader.DIGEST, fields)


def _rung() -> Schema:
    to: Schema = {"anyOf": [word(reader.RUNGS), matching(reader.RUNG_TO)]}
    fields = {
        "to": told(to, "Members, manager, slm, customer, a user or user group, a channel, or pager:NAME."),
        "after": told(matching(LENGTH), "How long after the start, as 30m, 2h or 1d."),
    }
    return mapping(reader.RUNG, fields, "to", "after")

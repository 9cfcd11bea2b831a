"""Teams, agreements and calendars as documents: what differs from the defaults."""

from collections.abc import Iterator
from dataclasses import replace

from connectors.definitions.calendars import MIDNIGHT
from connectors.definitions.export_words import Written, document, given, length
from connectors.definitions.public_holidays import public_holidays
from domain.agreement import Agreement
from domain.calendars import Calendar, Hours
from domain.minutes import DAY, HOUR
from domain.spans import Span
from domain.team import WEEKDAYS, WEEKLY, DigestSchedule, Team


def team_document(team: Team) -> Written:
    """A digest that was stopped in Slack is written as if it came."""
    quiet = team.quiet_hours
    spec = {
        "kind": team.kind.value,
        "channel": team.channel,
        "members": list(team.members),
        "usergroup": team.usergroup,
        "manager": team.manager,
        "timezone": team.timezone if team.timezone != "UTC" else None,
        "calendar": team.calendar,
        "quietHours": f"{quiet.since:%H:%M}-{quiet.until:%H:%M}" if quiet else None,
        "digest": _digest(team),
        "escalation": [
            {"to": rung.to, "after": length(int(rung.after.total_seconds()) // 60)}
            for rung in team.escalation
        ],
        "arbitrates": team.arbitrates or None,
        "slackTeam": team.slack_team,
    }
    return document("Team", team.name, given(spec), displayName=team.display_name)


def _digest(team: Team) -> Written | None:
    usual = DigestSchedule() if team.internal else WEEKLY
    if replace(team.digest, off=False) == usual:
        return None
    written: Written = {"at": f"{team.digest.at:%H:%M}"}
    if team.digest.days is not None and team.digest.days != usual.days:
        written["days"] = [WEEKDAYS[day] for day in sorted(team.digest.days)]
    return written


def agreement_document(agreement: Agreement) -> Written:
    """An agreement with all its rules."""
    rules, since, until = agreement.disputes, agreement.effective_from, agreement.effective_until
    disputes = {
        "answerWithin": rules.answer_within and str(rules.answer_within),
        "ruleWithin": rules.rule_within and str(rules.rule_within),
        "arbiter": rules.arbiter,
    }
    spec = {
        "type": agreement.kind.value,
        "provider": agreement.provider,
        "customer": agreement.customer,
        "contact": agreement.contact,
        "effective": given({"from": since and since.isoformat(), "until": until and until.isoformat()}),
        "review": agreement.review and agreement.review.isoformat(),
        "serviceHours": agreement.service_hours,
        "disputes": given(disputes),
        "maintenanceNotice": agreement.maintenance_notice and str(agreement.maintenance_notice),
        "claimWithin": agreement.claim_within and str(agreement.claim_within),
    }
    return document("Agreement", agreement.name, given(spec))


def calendar_document(calendar: Calendar) -> Written:
    """Holidays of a country are those of today's library: only the other dates are written."""
    days = calendar.holidays
    if calendar.country:
        days = days - public_holidays(calendar.country, calendar.subdivision).dates
    holidays = {
        "country": calendar.country,
        "subdivision": calendar.subdivision,
        "dates": [day.isoformat() for day in sorted(days)],
    }
    spec = {
        "timezone": calendar.timezone,
        "hours": dict(_hours(calendar.hours)),
        "holidays": given(holidays),
    }
    return document("Calendar", calendar.name, given(spec))


def _hours(hours: tuple[Hours, ...]) -> Iterator[tuple[str, list[str]]]:
    """ "mon-fri" with its hours: neighbouring days that have the same are one entry."""
    first = 0
    for day, spans in enumerate(hours):
        if day + 1 == len(hours) or hours[day + 1] != spans:
            name = WEEKDAYS[day] if first == day else f"{WEEKDAYS[first]}-{WEEKDAYS[day]}"
            if spans:
                yield name, [_span(span) for span in spans]
            first = day + 1


def _span(span: Span) -> str:
    since, until = span
    end = MIDNIGHT if until == DAY else _clock(until % DAY)
    return f"{_clock(since)}-{end}"


def _clock(minutes: int) -> str:
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"

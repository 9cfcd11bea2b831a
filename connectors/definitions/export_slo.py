"""Objectives as SLO documents: those that were one document are one again."""

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction

from connectors.definitions.export_alerting import policies_of
from connectors.definitions.export_indicator import indicator_written
from connectors.definitions.export_naming import names_of
from connectors.definitions.export_words import Written, decimal, document, given, labels_written, length
from connectors.definitions.fields import LONGEST_LINE
from connectors.definitions.metadata import PREFIX
from connectors.definitions.scalars import MOST_DECIMALS
from connectors.definitions.window import UNITS
from domain.acknowledging import EXPIRES, WITHIN
from domain.method import Missing, Timeslices
from domain.objective import Objective, Terms, default_min_coverage
from domain.ratio import floor_decimal
from domain.responsibility import Role
from domain.watching import WARN_AT
from domain.window import RollingWindow, Window

DURATIONS = {unit: duration for duration, unit in UNITS.items()}


def slo_documents(objectives: Iterable[Objective]) -> tuple[list[Written], list[str]]:
    """The documents, by name; and the objectives that none of them can say beside the others of their SLO."""
    by_slo: dict[str, list[Objective]] = {}
    for each in sorted(objectives, key=lambda one: one.name):
        by_slo.setdefault(each.slo or each.name.partition("/")[0], []).append(each)
    documents, unsaid = [], []
    for name in sorted(by_slo):
        members = _together(by_slo[name])
        if members:
            documents.append(_document(name, members))
        unsaid += [each.name for each in by_slo[name] if each not in members]
    return documents, unsaid


def _together(candidates: Sequence[Objective]) -> list[Objective]:
    """The most that one document can say: they differ in nothing that an SLO says once."""
    alike: dict[str, list[Objective]] = {}
    for each in candidates:
        key = json.dumps(["/" in each.name, _metadata(each), _spec(each)], default=repr)
        alike.setdefault(key, []).append(each)
    possible = [members for members in alike.values() if names_of(members) is not None]
    return max(possible, key=len, default=[])


def _document(name: str, members: Sequence[Objective]) -> Written:
    of_slo, own = names_of(members) or ("", ())
    items = [_item(each.versions[-1], text) for each, text in zip(members, own, strict=True)]
    spec = {**_spec(members[0]), "objectives": items}
    return document("SLO", name, spec, displayName=of_slo, **_metadata(members[0]))


def _metadata(objective: Objective) -> Written:
    return {"labels": labels_written(objective.labels), "annotations": _annotations(objective)}


def _spec(objective: Objective) -> Written:
    """What the objectives of an SLO share."""
    terms = objective.versions[-1]
    spec = {
        "description": objective.description,
        "service": objective.service,
        "indicator": indicator_written(terms.indicator),
        "timeWindow": [_window(terms.window)],
        "budgetingMethod": terms.method.name,
        "alertPolicies": [{"alertPolicyRef": each.name} for each in policies_of(objective.watching)],
    }
    return given(spec)


def _item(terms: Terms, display_name: str) -> Written:
    """One of its objectives."""
    method, limit = terms.method, terms.limit
    item = {
        "displayName": display_name,
        "op": limit and limit.op,
        "value": limit and decimal(limit.value),
        "target": decimal(terms.target),
        "timeSliceTarget": decimal(method.slice_target) if isinstance(method, Timeslices) else None,
        "timeSliceWindow": length(method.slice_minutes) if method.slice_minutes else None,
    }
    return given(item)


def _window(window: Window) -> Written:
    if isinstance(window, RollingWindow):
        return {"duration": length(window.length), "isRolling": True}
    calendar = {"startTime": f"{window.starts:%Y-%m-%d %H:%M:%S}", "timeZone": window.zone}
    return {"duration": DURATIONS[window.unit], "isRolling": False, "calendar": calendar}


def _annotations(objective: Objective) -> Written:
    """What OpenSLO has no word for, where it differs from the defaults."""
    terms, asking = objective.versions[-1], objective.acknowledging
    usual, missing = default_min_coverage(terms.method), terms.method.missing
    found = {
        "owner": terms.owner,
        "agreement": terms.agreement,
        **{role.value: _listed(_held(objective, role)) for role in Role},
        "supports": _listed(objective.supports),
        "acknowledge-within": None if asking.within == WITHIN else str(asking.within),
        "acknowledgement-expires": None if asking.expires == EXPIRES else str(asking.expires),
        "missing": None if missing is Missing.IGNORED else missing.value,
        "min-coverage": None if terms.min_coverage == usual else _share(terms.min_coverage),
        "unit": terms.unit,
        "warn-at": None if objective.watching.warn_at == WARN_AT else _share(objective.watching.warn_at),
    }
    return {PREFIX + name: text for name, text in sorted(given(found).items())}


def _held(objective: Objective, role: Role) -> list[str]:
    """The teams of a role, but one that was made the owner in Slack: files give a team one role."""
    held = (each.team for each in objective.roles if each.role is role and each.until is None)
    return sorted({*held} - {objective.versions[-1].owner})


def _listed(names: Sequence[str]) -> str:
    """With commas; without blanks where it would be too long."""
    text = ", ".join(names)
    return text if len(text) <= LONGEST_LINE else ",".join(names)


def _share(ratio: Fraction) -> str:
    return floor_decimal(ratio, MOST_DECIMALS)

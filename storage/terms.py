"""Terms as a row, and back."""

from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Row

from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Limit, Terms
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window


def terms_to_row(terms: Terms) -> dict[str, Any]:
    """The columns that say the terms."""
    return {
        "version": terms.version,
        "since": terms.since,
        "target": terms.target,
        "window": _window_to_json(terms.window),
        "method": _method_to_json(terms.method),
        "indicator": asdict(terms.indicator),
        "owner": terms.owner,
        "agreement": terms.agreement,
        "unit": terms.unit,
        "min_coverage": terms.min_coverage,
        "limit_op": terms.limit and terms.limit.op,
        "limit_value": terms.limit and terms.limit.value,
    }


def terms_from_row(row: Row[Any]) -> Terms:
    """What `terms_to_row` wrote."""
    return Terms(
        version=row.version,
        since=row.since,
        target=row.target,
        window=_window_from_json(row.window),
        method=_method_from_json(row.method),
        indicator=Indicator(**row.indicator),
        owner=row.owner,
        agreement=row.agreement,
        unit=row.unit,
        min_coverage=row.min_coverage,
        limit=Limit(row.limit_op, row.limit_value) if row.limit_op else None,
    )


def _window_to_json(window: Window) -> dict[str, Any]:
    if isinstance(window, RollingWindow):
        return {"days": window.days, "minutes": window.minutes}
    return {"unit": window.unit.value, "zone": window.zone, "starts": window.starts.isoformat()}


def _window_from_json(stored: dict[str, Any]) -> Window:
    if "unit" not in stored:
        return RollingWindow(**stored)
    return CalendarWindow(
        CalendarUnit(stored["unit"]), stored["zone"], datetime.fromisoformat(stored["starts"])
    )


def _method_to_json(method: Method) -> dict[str, Any]:
    if isinstance(method, Occurrences):
        return {"name": method.name}
    stored = {"name": method.name, "minutes": method.slice_minutes, "missing": method.missing.value}
    if isinstance(method, Timeslices):
        stored["target"] = f"{method.slice_target.numerator}/{method.slice_target.denominator}"
    return stored


def _method_from_json(stored: dict[str, Any]) -> Method:
    if stored["name"] == Occurrences.name:
        return Occurrences()
    missing = Missing(stored["missing"])
    if stored["name"] == RatioTimeslices.name:
        return RatioTimeslices(stored["minutes"], missing)
    return Timeslices(Fraction(stored["target"]), stored["minutes"], missing)

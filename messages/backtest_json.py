"""A replay as JSON: for machines, exactly as docs/cli.md says."""

from datetime import datetime
from typing import Any

from domain.replay import Replayed, Told
from domain.replay_days import Daily
from domain.replay_scores import ReplayScores


def backtest_json(replayed: Replayed, scores: ReplayScores) -> dict[str, Any]:
    """All forecasts and warnings, with what came of them; null where that is not known."""
    return {
        "objective": replayed.recorded.objective.name,
        "windows": scores.windows,
        "breached": scores.breached,
        "forecasts": [_forecast(one) for one in replayed.daily],
        "warnings": [_warning(one) for one in replayed.warnings],
        "scores": {
            "brier": scores.brier,
            "linear_pace_brier": scores.linear_pace_brier,
            "precision": scores.hits.precision,
            "recall": scores.hits.recall,
            "median_lead_hours": scores.hits.median_lead_hours,
        },
    }


def _forecast(one: Daily) -> dict[str, Any]:
    return {
        "at": _instant(one.forecast.at),
        "window_end": _instant(one.forecast.window_end),
        "probability": one.forecast.probability,
        "linear_pace": one.forecast.linear_pace,
        "breached": one.breached,
    }


def _warning(one: Told) -> dict[str, Any]:
    return {
        "kind": one.episode.kind.value,
        "severity": one.episode.severity.value,
        "opened_at": _instant(one.episode.opened_at),
        "resolved_at": _instant(one.episode.resolved_at),
        "probability": one.probability,
        "breached": one.breached,
    }


def _instant(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"

"""Indicators as they are written into an SLO."""

import json

from connectors.definitions.export_words import Written, given
from connectors.definitions.indicator import THRESHOLD
from connectors.definitions.metric_source import PUSHED
from domain.objective import Indicator

PUSHED_SOURCE: Written = {"type": PUSHED, "spec": {}}


def indicator_written(indicator: Indicator) -> Written:
    """With its metric sources; counts that come from nowhere are pushed."""
    sources = json.loads(indicator.sources)
    if indicator.ratio == THRESHOLD:
        metric = {"thresholdMetric": _metric(sources, "thresholdMetric")}
    else:
        metric = {"ratioMetric": _ratio(indicator.ratio, sources)}
    spec = {**given({"description": indicator.description}), **metric}
    return {"metadata": {"name": indicator.name}, "spec": spec}


def _ratio(ratio: str, sources: Written) -> Written:
    """ "good/total" and "bad/total" are two counts, "raw/success" and "raw/failure" a ratio as it is."""
    first, second = ratio.split("/")
    written: Written = {"counter": sources["counter"]} if "counter" in sources else {}
    written[first] = _metric(sources, first)
    if first == "raw":
        return {**written, "rawType": second}
    return {**written, second: _metric(sources, second)}


def _metric(sources: Written, part: str) -> Written:
    return {"metricSource": sources.get(part, PUSHED_SOURCE)}

"""Public holidays, from the library `holidays`; nothing else in Steward knows it."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

YEARS = range(2000, 2060)
"""Fixed, so that the holidays of a country are the same whenever they are read."""


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of `YEARS`; `limits` are the library's own words about years that it does not know."""

    dates: frozenset[date]
    limits: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def countries() -> Mapping[str, tuple[str, ...]]:
    """The countries (ISO 3166-1, two letters), each with its subdivisions."""
    from holidays import list_supported_countries  # noqa: PLC0415 -- 75 ms that few starts need

    supported = list_supported_countries(include_aliases=False)
    return {country: tuple(subdivisions) for country, subdivisions in supported.items()}


@lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str | None) -> PublicHolidays:
    """Those of a country and subdivision that `countries` lists, days off in lieu included."""
    from holidays import country_holidays  # noqa: PLC0415 -- as above

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        found = country_holidays(country, subdiv=subdivision, years=YEARS)
    limits = dict.fromkeys(" ".join(str(each.message).split()) for each in said)
    return PublicHolidays(frozenset(day for day in found if day.year in YEARS), tuple(limits))

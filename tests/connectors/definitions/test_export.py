"""What is exported says the same again: no more, no less, and always in the same bytes."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import assume, given, settings

from connectors.definitions.export import exported
from connectors.definitions.export_yaml import Number, yaml_of
from connectors.definitions.load import Loaded, load
from domain.plan import Current
from domain.planning import plan
from tests.connectors.definitions.exporting import FILES, Doc, text_of
from tests.domain.applying import applied

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAMPLE = Path(__file__).parents[3] / "sandbox" / "sample" / "definitions"


def loaded(text: str) -> Loaded:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_text(text, encoding="utf-8")
        return load([path])


def stored(said: Loaded) -> Current:
    assert said.errors == ()
    return applied(plan(said.definitions, Current(), at=AT), Current())


def codes(said: Loaded) -> Counter[str]:
    return Counter(problem.code for problem in said.problems)


def taken(value: object) -> object:
    """What any reader of YAML makes of it: texts stay texts."""
    if isinstance(value, Number):
        return yaml.safe_load(value.text)
    if isinstance(value, dict):
        return {key: taken(item) for key, item in value.items()}
    return [taken(item) for item in value] if isinstance(value, list) else value


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(FILES)
def test_whatever_files_say_the_export_says(documents: list[Doc]) -> None:
    first = loaded(text_of(documents))
    assume(not first.errors)
    before = stored(first)
    found = exported(before)
    text = yaml_of(found.documents)
    assert found.unsaid == []
    second = loaded(text)
    assert stored(second) == before
    assert yaml_of(exported(stored(second)).documents) == text
    assert codes(second) <= codes(first)
    assert list(yaml.safe_load_all(text)) == list(map(taken, found.documents))


def test_the_sample_organisation() -> None:
    first = load([SAMPLE])
    text = yaml_of(exported(stored(first)).documents)
    assert stored(loaded(text)) == stored(first)
    assert codes(loaded(text)) == codes(first)

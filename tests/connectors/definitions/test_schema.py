"""The JSON Schema of our kinds and their reader agree, field by field."""

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from connectors.definitions.document import KINDS, STEWARD
from connectors.definitions.schema import schema_of, schema_of_all
from tests.connectors.definitions.conftest import Read
from tests.connectors.definitions.exporting import FIXED, MADE_UP
from tests.connectors.definitions.samples import THE_AGREEMENT, THE_CALENDAR, THE_EXCLUSION, THE_TEAM
from tests.connectors.definitions.test_export import loaded
from tests.fakes.json_schema import is_valid, places

Doc = dict[str, Any]
Path = tuple[str, ...]
SCHEMAS = {kind: schema_of(kind) for kind in KINDS[STEWARD]}
ALL = schema_of_all()
MOST_WORDS = 8
"""Of the many countries and zones the first are tried."""
# Everything is text but true and false, as editors and our reader see it.
TEXTS = (THE_TEAM, THE_AGREEMENT, THE_CALENDAR, THE_EXCLUSION)
SAMPLES = [yaml.load(text, yaml.BaseLoader) for text in TEXTS]  # noqa: S506 -- it knows only texts
WHOLE = {each["kind"]: each for each in SAMPLES}
WHOLE["Team"]["spec"] |= {"calendar": "weekdays", "arbitrates": True}
WHOLE["Agreement"]["metadata"]["displayName"] = "Checkout"
WHOLE["Calendar"]["metadata"]["displayName"] = "Weekdays"
WHOLE["Exclusion"]["metadata"]["displayName"] = "Upgrade"
WHOLE["Exclusion"]["spec"] |= {"services": ["checkout"], "timezone": "Europe/Berlin"}
FIELDS = [(kind, path, each) for kind, schema in SCHEMAS.items() for path, each in places(schema)]
STRANGE: tuple[Any, ...] = ("no such thing!", [], {}, ["no such thing!"], True)
NAMED = [pytest.param(kind, path, id=f"{kind}.{'.'.join(path)}") for kind, path, _ in FIELDS]


IN_SPEC = [each for each, (_, path, _) in zip(NAMED, FIELDS, strict=True) if "spec" in path]


def accepts(kind: str, document: Doc) -> bool:
    alone = is_valid(document, SCHEMAS[kind], SCHEMAS[kind])
    if document.get("apiVersion", STEWARD) == STEWARD:
        assert is_valid(document, ALL, ALL) == alone
    return alone


def reads(read: Read, document: Doc) -> bool:
    """Whether our reader takes it, and other readers for the same: W201 is a text that they take for something else."""
    found = read(json.dumps([document]))
    return found.errors == () and "W201" not in [problem.code for problem in found.problems]


def at(document: Any, path: Path) -> Any:
    """What is at a path; the first item of a list for "*"."""
    for step in path:
        document = document[0 if step == "*" else step]
    return document


def changed(document: Doc, path: Path, value: Any) -> Doc:
    made = deepcopy(document)
    at(made, path[:-1])[path[-1]] = value
    return made


def without(document: Doc, path: Path) -> Doc:
    made = deepcopy(document)
    del at(made, path[:-1])[path[-1]]
    return made


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_whole_document_is_accepted_by_both(kind: str, read: Read) -> None:
    assert accepts(kind, WHOLE[kind])
    assert reads(read, WHOLE[kind])


@pytest.mark.parametrize(("kind", "path"), NAMED)
def test_what_may_be_left_out(kind: str, path: Path, read: Read) -> None:
    document = without(WHOLE[kind], path)
    assert accepts(kind, document) == reads(read, document)


@pytest.mark.parametrize(("kind", "path"), NAMED)
def test_what_a_field_may_be(kind: str, path: Path, read: Read) -> None:
    for value in STRANGE:
        document = changed(WHOLE[kind], path, value)
        assert accepts(kind, document) == reads(read, document), value


@pytest.mark.parametrize(("kind", "path"), NAMED)
def test_no_field_beside_them(kind: str, path: Path, read: Read) -> None:
    document = changed(WHOLE[kind], (*path[:-1], "colour"), "red")
    assert not accepts(kind, document)
    assert not reads(read, document)


@pytest.mark.parametrize(("kind", "path"), IN_SPEC)
def test_every_word_is_accepted_by_both(kind: str, path: Path, read: Read) -> None:
    whole = without(WHOLE[kind], (*path[:-1], "subdivision")) if path[-1] == "country" else WHOLE[kind]
    if path[-1] == "subdivision":
        return  # those of other countries, which the schema cannot tell apart
    for word in islice(words_of(dict(places(SCHEMAS[kind]))[path]), MOST_WORDS):
        document = changed(whole, path, word)
        assert accepts(kind, document)
        assert reads(read, document), word


def words_of(schema: Any) -> Iterator[str]:
    yield from schema.get("enum", ())
    for each in schema.get("anyOf", ()):
        yield from words_of(each)


def test_every_field_is_described_in_a_sentence() -> None:
    for kind, path, each in FIELDS:
        assert each["description"].endswith("."), (kind, path)
        assert len(each["description"]) <= 100, (kind, path)


OURS = MADE_UP.filter(lambda each: each["kind"] in SCHEMAS)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(OURS)
def test_what_the_reader_takes_the_schema_takes(document: Doc) -> None:
    problems = [one for one in loaded(json.dumps([*FIXED, document])).errors if one.code != "E601"]
    if not problems:
        assert accepts(document["kind"], document), document


def test_documents_of_others_pass() -> None:
    assert is_valid({"apiVersion": "openslo/v1", "kind": "SLO"}, ALL, ALL)
    assert not is_valid({"apiVersion": STEWARD, "kind": "SLO"}, ALL, ALL)
    assert not is_valid({"apiVersion": STEWARD, "metadata": {}}, ALL, ALL)

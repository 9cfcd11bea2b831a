"""Files that are no definitions at all, or that cannot be read."""

from pathlib import Path

import pytest

from connectors.definitions.load import load
from tests.connectors.definitions.conftest import Read, short
from tests.connectors.definitions.samples import SERVICE

UNREADABLE = [
    ("not UTF-8", b"a: b\nc: \xff", ["2 E102"]),
    ("UTF-16", "a: b".encode("utf-16"), ["1 E102"]),
    ("a control character", b"a: b\nc: \x07", ["2 E102"]),
    ("an open bracket", b"a: b\nc: [1, 2", ["2 E103"]),
    ("a tab for indentation", b"a:\n\tb: c", ["2 E103"]),
    ("an impossible escape", b'a: "\\ud800"', ["1 E103"]),
    ("a hundred thousand brackets", b"[" * 100_000, ["1 E105"]),
    ("a hundred thousand dashes", b"- " * 100_000, ["1 E105"]),
    ("larger than any definition", b"#" * (20 * 1024 * 1024 + 1), ["0 E105"]),
]


@pytest.mark.parametrize(("content", "problems"), [pytest.param(*row[1:], id=row[0]) for row in UNREADABLE])
def test_what_is_no_yaml_is_told(read: Read, content: bytes, problems: list[str]) -> None:
    assert short(read(content)) == problems


def test_a_billion_laughs_end_early(read: Read) -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert short(read("l0: &l0 [ha]\n" + "\n".join(levels))) == ["6 E105"]


def test_aliases_of_aliases_are_as_deep_as_what_they_stand_for(read: Read) -> None:
    chain = [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 400)]
    assert short(read("a0: &a0 [ha]\n" + "\n".join(chain))) == ["60 E105"]


def test_what_stands_before_broken_yaml_is_read(read: Read) -> None:
    loaded = read(f"{SERVICE}---\na: [")
    assert [service.name for service in loaded.definitions.services] == ["checkout"]
    assert [problem.code for problem in loaded.problems] == ["E103"]


def test_paths_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    missing, device = tmp_path / "missing.yaml", Path("/dev/null")
    loaded = load([missing, device, tmp_path / "folder", tmp_path / "empty"])
    assert [str(problem) for problem in loaded.problems] == [
        "/dev/null:0: error E101 This is neither a file nor a folder.",
        f"{tmp_path}/empty:0: warning W101 There is no .yaml or .yml file in this folder.",
        f"{tmp_path}/folder/gone.yaml:0: error E101 Cannot be read: No such file or directory.",
        f"{tmp_path}/missing.yaml:0: error E101 There is no such file or folder.",
    ]

"""The documents hold to the code: what is there is told, and what is told is there."""

import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest

from bot.cli import VERBS, main
from bot.settings import Settings
from commands.listing import COMMANDS
from connectors.definitions.load import load
from connectors.measurement_file import read_measurements
from domain.measurement import parse_instant
from jobs.listing import JOBS

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "bot", "commands", "jobs", "messages", "storage", "connectors", "domain", "sandbox")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
VERB_NAMES = [name for name, _, _ in VERBS]
SETTINGS = [name.upper() for name in Settings.model_fields]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def chapter(document: str, heading: str) -> str:
    return document.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(text: str) -> list[str]:
    header, *rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert header
    return [row.split("|")[1].strip() for row in rows]


def relative_name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_verb_has_its_chapter_and_no_other_has_one() -> None:
    assert re.findall(r"^## `steward (\w+)`$", read("docs/cli.md"), re.MULTILINE) == VERB_NAMES


@pytest.mark.parametrize("verb", VERB_NAMES)
def test_every_verb_has_an_example(verb: str) -> None:
    [(_, example)] = FENCED.findall(chapter(read("docs/cli.md"), f"`steward {verb}`"))
    assert re.search(rf"(^|\s)steward {verb}\b", example)


@pytest.mark.parametrize("verb", VERB_NAMES)
def test_every_option_of_a_verb_is_told(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([verb, "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    document = read("docs/cli.md")
    told = document.split("\n## ", 1)[0] + chapter(document, f"`steward {verb}`")
    assert options <= set(re.findall(r"--[a-z-]+", told))


@pytest.mark.parametrize("page", PAGES, ids=relative_name)
def test_verbs_and_targets_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = "\n".join([*re.findall(r"`([^`\n]+)`", text), *(code for _, code in FENCED.findall(text))])
    verbs = set(re.findall(r"(?:^|[/ ])steward ([a-z]+)\b", commands, re.MULTILINE))
    targets = set(re.findall(r"^make ([a-z]+)\b", commands, re.MULTILINE))
    assert verbs <= {*VERB_NAMES}
    assert targets <= {*re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)}


def test_the_readme_begins_with_the_two_commands() -> None:
    _, first = FENCED.findall(read("README.md"))[0]
    assert re.findall(r"^make \w+", first, re.MULTILINE) == ["make run", "make test"]


def test_every_setting_is_told_with_its_default() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", read("docs/settings.md"), re.MULTILINE)
    assert [name for name, _ in rows] == SETTINGS
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    assert [name for name, told in rows if defaults[name] and f"`{defaults[name]}`" not in told] == []


def test_the_example_of_settings_has_all_and_sets_none() -> None:
    lines = [line for line in read(".env.example").splitlines() if line]
    assert [line for line in lines if not line.startswith("# ")] == []
    named = [line.removeprefix("# ").partition("=")[0] for line in lines if re.match(r"# [A-Z_]+=", line)]
    assert sorted(named) == sorted(SETTINGS)


def test_every_job_is_told_in_its_order() -> None:
    jobs = chapter(read("docs/architecture.md"), "What the clock asks: jobs")
    assert first_cells(jobs) == [f"`{job.name}`" for job in JOBS]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    told = first_cells(read("docs/adr/0001-dependencies.md"))
    assert told == [re.split(r"[^a-z0-9-]", dependency)[0] for dependency in wanted]


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{i:04}" for i in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=relative_name)
def test_a_decision_is_short_and_complete(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequence"]
    assert len([line for line in text.splitlines() if not line.startswith("|")]) <= 25


@pytest.mark.parametrize("page", PAGES, ids=relative_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = [link or source for link, source in LINK.findall(page.read_text(encoding="utf-8"))]
    for link in [link for link in links if not re.match(r"[a-z]+:", link)]:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_contributing_names_only_what_exists() -> None:
    table = chapter(read("CONTRIBUTING.md"), "Where does my change go?")
    named = re.findall(
        r"`([\w.-]+[./][\w./-]*|\.[\w./-]+)`",
        "\n".join(row for row in table.splitlines() if row.startswith("|")),
    )
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_glossary_names_only_modules_that_have_the_word() -> None:
    rows = re.findall(r"^\| (\S.*?) \| .* \| `(\S+\.py)` \|$", read("docs/glossary.md"), re.MULTILINE)
    assert len(rows) > 30
    strange = []
    for told, path in rows:
        word = re.sub(r" \(.*\)|`", "", told)
        module = re.sub(r"[_\s]+", " ", read(path))
        if not re.search(rf"\b{re.escape(word.replace('_', ' '))}", module, re.IGNORECASE):
            strange.append((told, path))
    assert strange == []


def test_the_commands_in_the_changelog_and_readme_exist() -> None:
    named = re.findall(r"/slm (\w+)", read("README.md") + read("CHANGELOG.md"))
    assert {*named} <= {command.word for command in COMMANDS}
    assert "## [Unreleased]" in read("CHANGELOG.md")


def test_the_definitions_files_have_no_problem(tmp_path: Path) -> None:
    files = [code for language, code in FENCED.findall(read("docs/own-data.md")) if language == "yaml"]
    for number, file in enumerate(files):
        (tmp_path / f"{number}.yaml").write_text(file, encoding="utf-8")
        loaded = load([tmp_path])
        assert loaded.problems == ()
        assert [objective.name for objective in loaded.definitions.objectives] == ["checkout-availability"]
    assert len(loaded.definitions.calendars) == len(loaded.definitions.exclusions) == 1


def test_the_first_counts_can_be_read() -> None:
    files = [code for language, code in FENCED.findall(read("docs/own-data.md")) if language == "csv"]
    at = parse_instant("2026-11-23T10:00:00Z")
    batches = read_measurements(
        BytesIO(files[0].encode()), "counts.csv", known={"checkout-availability"}, at=at
    )
    [batch] = batches
    [hour] = batch["checkout-availability"].values()
    assert hour.mask == 0b11

"""The layers hold, their list is complete, and each library is known to one place only."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TEST_ONLY = {"tests"}

KNOWN_TO = {
    "aiohttp": ("connectors/",),
    "alembic": ("storage/",),
    "apscheduler": ("bot/",),
    "dateutil": ("connectors/definitions/recurrence.py",),
    "dotenv": ("bot/settings.py",),
    "holidays": ("connectors/definitions/public_holidays.py",),
    "httpx": ("connectors/", "sandbox/"),
    "psycopg": ("storage/",),
    "pydantic": ("bot/",),
    "pydantic_settings": ("bot/",),
    "slack_bolt": ("bot/",),
    "slack_sdk": ("connectors/", "bot/slack_app.py"),
    "sqlalchemy": ("storage/", "bot/alone.py", "bot/sandbox.py", "bot/settings.py"),
    "starlette": ("bot/", "sandbox/"),
    "tqdm": ("bot/",),
    "uvicorn": ("bot/", "sandbox/"),
    "yaml": ("connectors/",),
}
"""Library → where it may be imported; bot builds Bolt's client, and takes a database's URL apart."""


def imported(path: Path) -> Iterator[str]:
    """The top-level names of all that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def allowed(library: str, path: Path) -> bool:
    return name(path).startswith(KNOWN_TO.get(library, ()))


IMPORTS = {path: set(imported(path)) for path in MODULES}


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run(  # noqa: S603 -- our own tool
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_every_package_is_in_the_contracts() -> None:
    linter = PROJECT["tool"]["importlinter"]
    contracts = {contract["name"]: contract for contract in linter["contracts"]}
    layers = [layer for row in contracts["Layers"]["layers"] for layer in row.split(" | ")]
    assert sorted(linter["root_packages"]) == PACKAGES
    assert sorted([*layers, "sandbox"]) == PACKAGES
    assert sorted(contracts["The sandbox imports nothing of ours"]["forbidden_modules"]) == sorted(layers)


def test_every_package_is_typed_measured_and_shipped() -> None:
    tools = PROJECT["tool"]
    assert sorted(tools["mypy"]["files"]) == sorted([*PACKAGES, *TEST_ONLY])
    assert sorted(tools["coverage"]["run"]["source"]) == PACKAGES
    assert sorted(tools["setuptools"]["packages"]["find"]["include"]) == [f"{one}*" for one in PACKAGES]


@pytest.mark.parametrize("library", KNOWN_TO)
def test_a_library_is_known_to_its_place_only(library: str) -> None:
    users = [path for path in MODULES if library in IMPORTS[path]]
    assert [name(path) for path in users if not allowed(library, path)] == []


def test_no_other_library_is_imported() -> None:
    known = {*PACKAGES, *KNOWN_TO, *sys.stdlib_module_names}
    assert {name(path): more for path in MODULES if (more := IMPORTS[path] - known)} == {}


@pytest.mark.parametrize("package", ["domain", "messages", "jobs", "commands"])
def test_the_inside_needs_no_library(package: str) -> None:
    known = {*PACKAGES, *sys.stdlib_module_names}
    assert {
        name(path): more for path in (ROOT / package).rglob("*.py") if (more := IMPORTS[path] - known)
    } == {}


def test_the_domain_needs_the_standard_library_only() -> None:
    needed = {one for path in (ROOT / "domain").rglob("*.py") for one in IMPORTS[path]}
    assert needed - {*sys.stdlib_module_names} == {"domain"}


def test_jobs_never_call_each_other() -> None:
    shared = {"jobs.job", "jobs.items", "jobs.undelivered", "jobs.tell", "jobs.tell_breaches"}
    calls = []
    for path in (ROOT / "jobs").glob("*.py"):
        modules = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
        found = {node.module for node in modules if node.module and node.module.startswith("jobs")}
        calls += [] if path.stem == "listing" else [(path.name, one) for one in sorted(found - shared)]
    assert calls == []

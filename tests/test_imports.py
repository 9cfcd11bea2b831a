"""Importing does nothing: no network, no file but time zones, no environment, no thread; help needs little."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

WATCH = '''
import os, sys, sysconfig, threading
from importlib import import_module
from pathlib import Path

ROOT = Path(sys.argv[1])
OURS = tuple(f"{ROOT}/{one}/" for one in
    ("bot", "commands", "jobs", "messages", "storage", "connectors", "domain", "sandbox"))
STANDARD = sysconfig.get_path("stdlib")
SITE = sysconfig.get_path("purelib")
NEVER = ("socket.connect", "socket.bind", "socket.getaddrinfo", "sqlite3.connect", "subprocess.Popen",
    "os.mkdir", "os.remove", "os.rename", "os.putenv")
seen = []

def is_standard(name):
    if name.startswith("<frozen"):
        return "importlib" not in name
    return name.startswith(STANDARD) and not name.startswith(SITE)

def asked_by_us():
    """Whether our own code asks, itself or through the standard library."""
    frame = sys._getframe(2)
    while frame is not None and is_standard(frame.f_code.co_filename):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(OURS)

def hook(event, arguments):
    if event in NEVER:
        seen.append((event, repr(arguments)))
    elif event == "open":
        path, mode, flags = arguments
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR)) if isinstance(flags, int) else False
        time_zones = "/zoneinfo/" in str(path)
        if (writes and path != os.devnull) or (asked_by_us() and not time_zones):
            seen.append((event, repr(path)))

class Watched(type(os.environ)):
    def __getitem__(self, name):
        if asked_by_us():
            seen.append(("environment", name))
        return super().__getitem__(name)

os.environ.__class__ = Watched
sys.addaudithook(hook)
'''

EVERYTHING = """
for path in sorted(ROOT.glob("*/**/*.py")):
    parts = path.relative_to(ROOT).with_suffix("").parts
    if str(path).startswith(OURS) and "migrations" not in parts:
        import_module(".".join(parts))
"""

TELL = """
seen += [("thread", one.name) for one in threading.enumerate()[1:]]
assert not seen, seen
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-W", "error", "-c", code, str(ROOT)]
    return subprocess.run(  # noqa: S603 -- our own code
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "importing",
    [
        pytest.param("import bot, commands, jobs", id="the three that design.md names"),
        pytest.param(EVERYTHING, id="every module"),
    ],
)
def test_importing_does_nothing(importing: str) -> None:
    ran = run(WATCH + importing + TELL)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("__import__('socket').socket().connect_ex(('127.0.0.1', 9))", id="network"),
        pytest.param("try: open('/nowhere/at/all', 'w')\nexcept OSError: pass", id="writing a file"),
        pytest.param("__import__('sqlite3').connect(':memory:')", id="a database"),
        pytest.param(
            "exec(compile('os.environ.get(\"PORT\")', f'{ROOT}/bot/x.py', 'exec'))", id="environment"
        ),
        pytest.param(
            "exec(compile('Path(\"README.md\").read_text()', f'{ROOT}/bot/x.py', 'exec'))", id="reading"
        ),
    ],
)
def test_the_watch_would_notice(deed: str) -> None:
    assert "AssertionError" in run(WATCH + deed + TELL).stderr


def test_help_imports_no_framework() -> None:
    heavy = {
        "sqlalchemy",
        "slack_bolt",
        "slack_sdk",
        "starlette",
        "aiohttp",
        "apscheduler",
        "pydantic",
        "alembic",
    }
    ran = run(
        "import sys; from bot.cli import main; assert main(['--help']) == 0; print(*sys.modules, file=sys.stderr)"
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("usage: steward VERB")
    assert heavy.isdisjoint(module.partition(".")[0] for module in ran.stderr.split())


def test_only_a_calendar_with_a_country_imports_holidays() -> None:
    importing = "from bot import sandbox; from bot.verbs import apply, lint, plan, run"
    ran = run(f"import sys; {importing}; assert 'holidays' not in sys.modules")
    assert ran.returncode == 0, ran.stderr

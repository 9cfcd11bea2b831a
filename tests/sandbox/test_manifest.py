from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.manifest import manifest_problems
from tests.sandbox.world import BASE, World

COMMAND = {"command": "/slm", "description": "Ask"}
SHORTCUT = {"name": "Dispute", "description": "Contest it", "type": "message", "callback_id": "dispute"}


def with_command(**more: Any) -> dict[str, Any]:
    return {"features": {"slash_commands": [{**COMMAND, **more}]}}


def with_shortcut(**more: Any) -> dict[str, Any]:
    return {"features": {"shortcuts": [{**SHORTCUT, **more}]}}


@pytest.mark.parametrize(
    "manifest",
    [
        {},
        {"display_information": {"name": "x" * 35, "description": "x" * 140}},
        with_command(command="/" + "x" * 31, description="x" * 2000, usage_hint="x" * 1000),
        with_shortcut(name="x" * 24, description="x" * 150, type="global"),
        {"features": {"slash_commands": [{**COMMAND, "command": f"/slm{n}"} for n in range(50)]}},
        {"features": {"shortcuts": [SHORTCUT] * 10}},
    ],
)
def test_as_long_and_as_many_as_slack_takes(manifest: dict[str, Any]) -> None:
    assert manifest_problems(manifest) == []


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        (
            {"display_information": {"name": "x" * 36}},
            "display_information.name has 36 characters, at most 35",
        ),
        ({"display_information": {"description": "x" * 141}}, "display_information.description has 141"),
        (with_command(command="/" + "x" * 32), "features.slash_commands[0].command has 33"),
        (with_command(command="slm"), "features.slash_commands[0].command must begin with a slash"),
        (with_command(description="x" * 2001), "features.slash_commands[0].description has 2001"),
        (with_command(description=""), "features.slash_commands[0].description is missing"),
        (with_command(usage_hint="x" * 1001), "features.slash_commands[0].usage_hint has 1001"),
        (with_shortcut(name="x" * 25), "features.shortcuts[0].name has 25"),
        (with_shortcut(description="x" * 151), "features.shortcuts[0].description has 151"),
        (with_shortcut(type="user"), "features.shortcuts[0].type must be message or global"),
        ({"features": {"shortcuts": [SHORTCUT] * 11}}, "features.shortcuts has 11 entries, at most 10"),
        ({"features": {"slash_commands": [COMMAND] * 2}}, "features.slash_commands has /slm more than once"),
        (
            {"features": {"slash_commands": [{**COMMAND, "command": f"/slm{n}"} for n in range(51)]}},
            "features.slash_commands has 51 entries, at most 50",
        ),
    ],
)
def test_what_slack_refuses(manifest: dict[str, Any], problem: str) -> None:
    (found,) = manifest_problems(manifest)
    assert found.startswith(problem)


def test_no_sandbox_for_a_refused_one(world: World) -> None:
    refused = {**with_command(command="slm"), "display_information": {"name": "x" * 36}}
    with pytest.raises(ValueError, match=r"name has 36 .*; .* must begin with a slash"):
        create_app(world.slack, events_url=f"{BASE}/slack/events", manifest=refused)

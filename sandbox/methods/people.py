"""People and user groups."""

from typing import Any

from sandbox.call import Call
from sandbox.errors import SlackError
from sandbox.workspace import Group, Person


def described(call: Call, person: Person) -> dict[str, Any]:
    home = call.slack.seed.team_id
    return {
        "id": person.id,
        "team_id": person.team_id or home,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "is_stranger": _is_stranger(call, person),
        "profile": {
            "real_name": person.real_name,
            "display_name": person.name,
            "email": person.email,
            "team": person.team_id or home,
        },
    }


def _is_stranger(call: Call, person: Person) -> bool:
    return person.team_id not in {"", call.slack.seed.team_id}


def info(call: Call) -> dict[str, Any]:
    person = call.slack.seed.person(call.need("user"))
    if person is None:
        raise SlackError("user_not_found")
    return {"user": described(call, person)}


def listing(call: Call) -> dict[str, Any]:
    people = [person for person in call.slack.seed.people if not _is_stranger(call, person)]
    some, cursor = call.page(people)
    return {"members": [described(call, person) for person in some], **cursor}


def by_email(call: Call) -> dict[str, Any]:
    """People of another workspace are not found, as on Slack."""
    wanted = call.need("email").lower()
    for person in call.slack.seed.people:
        if person.email.lower() == wanted and not person.is_bot and not _is_stranger(call, person):
            return {"user": described(call, person)}
    raise SlackError("users_not_found")


def usergroups(call: Call) -> dict[str, Any]:
    _refuse_free_plan(call)
    with_users = call.flag("include_users")
    return {"usergroups": [_group(call, group, with_users=with_users) for group in call.slack.seed.groups]}


def _refuse_free_plan(call: Call) -> None:
    if call.slack.plan_refusal:
        raise SlackError(call.slack.plan_refusal)


def _group(call: Call, group: Group, *, with_users: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": group.id,
        "team_id": call.slack.seed.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "date_delete": 0,
        "user_count": len(group.members),
    }
    return facts | {"users": sorted(group.members)} if with_users else facts


def usergroup_users(call: Call) -> dict[str, Any]:
    _refuse_free_plan(call)
    wanted = call.need("usergroup")
    group = next((group for group in call.slack.seed.groups if group.id == wanted), None)
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": sorted(group.members)}

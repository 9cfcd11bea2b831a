from pathlib import Path

from tests.sandbox.world import World


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "sandbox.db")
    first = World(path)
    ts = first.post("before", metadata={"event_type": "n", "event_payload": {"key": "k"}})["ts"]
    first.call("chat.update", channel="C0PAY", ts=ts, text="edited")
    first.call("chat.postEphemeral", channel="C0PAY", user="U0ANA", text="psst")
    first.type_in("/slm status")
    first.slack.join("C0SHOP", "UBOT")
    first.slack.leave("G0BOARD", "UBOT")
    first.slack.archive("C0OLD")
    first.call("conversations.open", users="U0BEN")
    first.slack.close()

    second = World(path)
    assert second.texts() == ["edited", "psst"]
    (message,) = second.call("conversations.history", channel="C0PAY", include_all_metadata=True)["messages"]
    assert message["metadata"]["event_payload"] == {"key": "k"}
    assert message["edited"]["user"] == "UBOT"
    assert second.call("conversations.info", channel="C0SHOP")["channel"]["is_member"]
    assert second.call("conversations.info", channel="G0BOARD")["error"] == "channel_not_found"
    assert second.call("conversations.info", channel="C0OLD")["channel"]["is_archived"]
    assert second.call("conversations.info", channel="D0BEN")["ok"]
    url = first.listener.form()["response_url"]
    assert second.request("POST", url, json={"text": "later"}).status_code == 200
    assert second.texts()[-1] == "later"
    second.slack.close()


def test_timestamps_go_on_after_a_restart_with_the_clock_set_back(tmp_path: Path) -> None:
    path = str(tmp_path / "sandbox.db")
    first = World(path)
    before = first.post()["ts"]
    first.call("chat.delete", channel="C0PAY", ts=before)
    first.slack.close()
    second = World(path)
    second.clock.forward(hours=-1)
    assert second.post()["ts"] > before
    second.slack.close()

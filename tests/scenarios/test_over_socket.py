"""Following, hearing, correcting and catching up, over Socket Mode."""

import re

from bot.workspace.workspace import plain
from tests.live import Stage, eventually

OFFER = "el-salvador-offer.yaml"


def corrected(text: str) -> str:
    """The brief with a correction, which is newer than all others."""
    text = text.replace("The Fifth Amendment forbids", "The Fifth Amendment (1791) forbids")
    newest = max(re.findall(r"^  - date: (\S+)", text, re.MULTILINE))
    note = f"{{date: {newest}, kind: correction, note: The amendment is of 1791., claims: [fifth-amendment]}}"
    return text.replace("\nchanges:\n", f"\nchanges:\n  - {note}\n")


def test_channels_follow_hear_and_catch_up_and_what_was_said_is_corrected(over_socket: Stage) -> None:
    scene = over_socket
    scene.ask("/brief legal share")
    (answer,) = scene.workspace.seen_by(scene.ben, scene.general)
    told = scene.press(answer, "follow", user=scene.ben, confirmed=True)
    assert told.text.startswith(f"<@{scene.ben}> made this channel follow the brief el-salvador-offer (#")
    bot = scene.workspace.state.app.bot_user
    scene.workspace.say(scene.ann, scene.legal_desk, f"<@{bot}> subscribe el-salvador-offer/legal deliver:thread")
    eventually(lambda: len(scene.dialogue(scene.ben, scene.legal_desk)) == 2)
    scene.edit(OFFER, corrected)
    eventually(lambda: len(scene.dialogue(scene.ben, scene.general)) == 4)
    scene.settle()
    update, thread_note = scene.workspace.seen_by(scene.ben, scene.general)[2:]
    assert "Now: The Fifth Amendment (1791) forbids" in update.text
    assert thread_note.thread_ts == answer.ts
    assert re.search(r"^Corrected \d+ \w+ \d{4}: now “The Fifth Amendment \(1791\)", plain(answer.text), re.MULTILINE)
    parent, change = scene.workspace.seen_by(scene.ben, scene.legal_desk)[2:]
    assert (change.thread_ts, change.broadcast) == (parent.ts, True)
    scene.press(told, "undo")
    assert "Nothing yet." in scene.ask("/brief subscriptions").text
    scene.workspace.archive(scene.legal_desk)
    eventually(lambda: "paused" in scene.ask("/brief subscriptions all").text)
    scene.edit(OFFER, lambda text: text.replace("(1791)", "of 1791"))
    eventually(lambda: "of 1791" in scene.ask("/brief legal").text)
    scene.workspace.unarchive(scene.legal_desk)
    eventually(lambda: "of 1791" in scene.workspace.last(scene.ben, scene.legal_desk).text)

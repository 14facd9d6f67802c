"""Does a correction reach everything that was said before?

10,000 earlier posts, five in each of 20 channels of 100 workspaces, show a claim that is then corrected. Slack's limits
are on: 50 edits a minute and workspace, one note a second and channel. The bots are killed three times meanwhile.

    python -m tests.load.corrections [--database sqlite|postgres] [--teams 100] [--channels 20] [--kills 3]
"""

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from bot.app import publishing
from bot.core.answers.answer import Answer
from bot.core.answers.lookup import reply
from bot.core.commands.parser import parse
from bot.handlers.answers.published_corpus import PublishedCorpus
from bot.handlers.delivery import posted_messages
from bot.render.document.message import Message as Rendered
from bot.render.document.message import shared_copy
from bot.render.reply_message import render_reply
from bot.store.database import connect
from bot.store.store import Store, Transaction
from bot.workspace.messages import Message
from bot.workspace.workspace import Workspace
from tests.load.fleet import Fleet, database, fleet

PATIENCE_S = 1200
UPDATES_A_MINUTE = 50

BRIEF = """title: The ferries
summary: What became of the ferries.
status: published
as_of: 2025-02-10
owner: desk
sections:
  overview:
    claims:
      - id: how-many
        text: {text}
        evidence: [{{source: gazette, quote: six ferries a day were counted}}]
      - id: where
        text: They go to the island.
        evidence: [{{source: gazette, quote: they go to the island}}]
sources:
  gazette: {{publisher: Gazette, url: "https://example.org/gazette", kind: news}}
changes:
{notes}  - {{date: 2025-02-10, kind: new, note: First version.}}
"""
NOTE = "  - {date: 2025-02-11, kind: correction, note: The number was wrong., claims: [how-many]}\n"


def write(found: Fleet, text: str, notes: str = "") -> None:
    (found.briefs / "ferries.yaml").write_text(BRIEF.format(text=text, notes=notes), encoding="utf-8")


def said_before(found: Fleet, each_channel: int) -> int:
    """Shares the same answer in every channel, as people would have; gives how many."""
    store = Store(connect(found.database_url))
    readers = PublishedCorpus(store)
    readers.refresh()
    asked = parse("overview ferries", readers.corpus.names)
    answer = reply(asked, readers.corpus, default=None, today=publishing.utc_now().date())  # type: ignore[arg-type]
    assert isinstance(answer, Answer)
    shown, kept = render_reply(answer, command="/brief"), posted_messages.record_of_reply(answer, 1, "/brief", "U1")
    assert kept is not None
    count = 0
    with store.transaction() as tx:
        for workspace in found.workspaces:
            for channel in found.channels[workspace.state.team]:
                for _ in range(each_channel):
                    _share(tx, workspace, channel, shared_copy(shown, "U1"), kept, readers.number)
                    count += 1
    store.engine.dispose()
    return count


def _share(
    tx: Transaction,
    workspace: Workspace,
    channel: str,
    shown: Rendered,
    kept: posted_messages.PostRecord,
    number: int,
) -> None:
    state = workspace.state
    bot = (state.app.bot_user, state.app.bot_id)
    made = Message(state.next_ts(), channel, bot[0], shown.text, shown.blocks, bot_id=bot[1])
    state.post(made)
    where = {"team": state.team, "enterprise": None, "channel": channel, "ts": made.ts, "thread_ts": None}
    content = {"content": dict(kept.content), "claims": kept.claims, "at": publishing.utc_now(), "publication": number}
    tx.posted_messages.add(**where, **content)  # type: ignore[arg-type]


def done(found: Fleet) -> tuple[int, int]:
    """How many posts are edited, and how many notes stand in their threads."""
    edited = notes = 0
    for workspace in found.workspaces:
        for each in workspace.state.messages:
            edited += each.thread_ts is None and "Corrected" in each.text
            notes += each.thread_ts is not None
    return edited, notes


def wrong(found: Fleet) -> list[str]:
    """Posts without just one correction line and just one note."""
    bad = []
    for workspace in found.workspaces:
        for each in workspace.state.messages:
            if each.thread_ts is None:
                replies = workspace.state.messages.replies(each.channel, each.ts)
                told = (each.text.count("Corrected"), len(replies), each.edits, "Nine ferries" in each.text)
                if told != (1, 1, 1, True):
                    bad.append(f"{each.channel} {each.ts}: {told}")
    return bad


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--teams", type=int, default=100)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--each", type=int, default=5)
    parser.add_argument("--kills", type=int, default=3)
    given = parser.parse_args()
    chance = Random(1)
    with (
        tempfile.TemporaryDirectory() as name,
        database(given.database, Path(name)) as url,
        fleet(Path(name), url, teams=given.teams, channels=given.channels) as found,
    ):
        write(found, "Six ferries go a day.")
        for _ in range(1 if given.database == "sqlite" else 2):
            found.start()
        posts = said_before(found, given.each)
        for workspace in found.workspaces:
            workspace.limits.on, workspace.limits.grace = True, 0.5
        begun = time.monotonic()
        write(found, "Nine ferries go a day.", NOTE)
        kill_at = begun + 3
        while done(found) != (posts, posts):
            assert time.monotonic() - begun < PATIENCE_S, f"{done(found)} of {posts}"
            if found.kills < given.kills and time.monotonic() > kill_at:
                found.kill_one(chance)
                kill_at = time.monotonic() + chance.uniform(3, 20)
            time.sleep(1)
        took = time.monotonic() - begun
        time.sleep(5)
        least = (given.channels * given.each - 1) // UPDATES_A_MINUTE * 60
        print(
            f"{posts} posts corrected in {took:.0f} s with {found.kills} kills (the limits alone ask for {least} "
            f"s); wrong: {len(wrong(found))} {wrong(found)[:3]}; early "
            f"{sum(w.limits.calls_before_retry_after for w in found.workspaces)}"
        )


if __name__ == "__main__":
    main()

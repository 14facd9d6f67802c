"""What the store keeps of a message of a digest, as JSON values, from which it can be made again."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from itertools import islice
from typing import Any

from bot.core.changes.summary import KIND_COUNTS
from bot.core.digests.digest import PLAN
from bot.handlers.changes.digest_contents import DigestContents
from bot.handlers.context import Services
from bot.render.digests.digest import DigestMessage, DigestPart
from bot.render.digests.messages import empty_message
from bot.store.store import Transaction


def digest_content(message: DigestMessage) -> dict[str, Any]:
    """What a message is made from again, as JSON values: which groups it shows, from which item of the first one on;
    which of what there is to look after; and what it counts."""
    changes = [each for each in message.items if each.group]
    tasks = [each.index for each in message.items if not each.group]
    return {
        "kind": "digest",
        "plan": PLAN.dump_python(message.plan, mode="json", by_alias=True),
        "part": asdict(message.part),
        "digest": message.digest_id,
        "groups": list(dict.fromkeys(each.group for each in changes)),
        "items": [changes[0].index, changes[0].index + len(changes)] if changes else [0, 0],
        "tasks": [tasks[0], tasks[-1] + 1] if tasks else [0, 0],
        "changes": [message.changes, message.briefs],
        "every": KIND_COUNTS.dump_python(message.every, mode="json"),
        "rest": KIND_COUNTS.dump_python(message.rest, mode="json"),
        "untold": message.untold,
    }


def posted_digest_message(tx: Transaction, services: Services, content: Mapping[str, Any]) -> DigestMessage:
    """The message of such a content."""
    contents = DigestContents(tx, services, PLAN.validate_python(content["plan"]))
    part = DigestPart(**content["part"])
    if "groups" not in content:
        # Earlier versions stored no more.
        items = tuple(islice(contents.items_from(part.start), part.end - part.start))
        return replace(empty_message(contents, part), items=items)
    changes = contents.items(contents.groups((slug, kind) for slug, kind in content["groups"]))
    items = (*changes[slice(*content["items"])], *contents.tasks[slice(*content["tasks"])])
    every, rest = (KIND_COUNTS.validate_python(content[name]) for name in ("every", "rest"))
    counted = {"every": every, "rest": rest, "untold": content["untold"]}
    changed, briefs = content["changes"]
    return DigestMessage(contents.plan, changed, briefs, part, items, content["digest"], **counted)

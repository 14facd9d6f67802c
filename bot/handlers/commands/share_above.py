"""Shares the answer that stands in a thread already, in the channel of the thread."""

from dataclasses import replace

from bot.core.answers.answer import Answer
from bot.core.commands.address import MENTION
from bot.core.commands.command import Show
from bot.handlers.commands.share import share
from bot.handlers.context import Services
from bot.handlers.ports import Caller
from bot.render.document.message import Message, notice
from bot.store.posted_messages import PostedMessage


def share_above(caller: Caller, services: Services) -> Message | None:
    """Shares the newest answer of the caller's thread in the channel; what to say in the thread, None where no answer
    stands there. `services` speak as in the channel."""
    with services.store.snapshot() as tx:
        thread = tx.posted_messages.of_thread(caller.team, caller.channel, caller.thread_ts or "")
        post = next((each for each in thread if each.content["kind"] == "answer" and each.claims), None)
        if post is None:
            return None
        slug = tx.renames.current_slug(post.claims[0].slug, post.publication)
        revision = tx.publications.revision_at(slug, post.publication)
    return _share(Show(post.content["section"], slug), revision, post, caller, services)


def _share(show: Show, revision: str | None, post: PostedMessage, caller: Caller, services: Services) -> Message:
    answers = services.answers()
    reply = answers.answer(show)
    # Whoever shares must have seen the words that are posted under their name.
    if not isinstance(reply, Answer) or reply.brief.revision != revision:
        again = f"{MENTION} {show}"
        return notice(f"That brief has changed since, so nothing was shared. To see how it reads now: {again}")
    in_channel = replace(caller, thread_ts=None)
    return share(reply, post.content["page"], in_channel, services, answers.number)

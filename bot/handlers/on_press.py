"""Trigger: somebody pressed a button or picked from a menu."""

from bot.core.answer import Answer, Withdrawn
from bot.core.corpus import Corpus
from bot.core.press import Shown, decode
from bot.handlers.desk import Desk
from bot.handlers.on_command import share
from bot.handlers.ports import Caller, Sender
from bot.render.document import Option
from bot.render.message import Message, modal, notice, with_banner

CHANGED = "This has changed since you asked"
CHANGED_SHARE = "This has changed since you asked. Look at it once more, then press Share again."
TYPEAHEAD_MAX = 100


def on_open(command: str, caller: Caller, desk: Desk, sender: Sender) -> None:
    """A suggestion, a section or a brief was picked: the same as typing it."""
    sender.respond(caller, desk.shown(command))


def on_continue(value: str, caller: Caller, desk: Desk, sender: Sender) -> None:
    """The page that stands behind *Continue*; the first one of the current text where the brief has changed."""
    shown = decode(value)
    if shown is None:
        sender.respond(caller, _outdated(desk))
        return
    if changed(shown, desk.reply(shown.again)):
        sender.respond(caller, with_banner(desk.shown(shown.again), CHANGED))
    else:
        sender.respond(caller, desk.shown(shown.again, shown.page))


def on_share(value: str, caller: Caller, desk: Desk, sender: Sender) -> None:
    """Shares the page that was shown; asks once more where the brief has changed meanwhile."""
    shown = decode(value)
    if shown is None:
        sender.respond(caller, _outdated(desk))
        return
    found = desk.reply(shown.again)
    if not isinstance(found, Answer):
        sender.respond(caller, desk.shown(shown.again))
    elif changed(shown, found):
        sender.respond(caller, with_banner(desk.shown(shown.again), CHANGED_SHARE))
    else:
        sender.respond(caller, share(found, shown.page, caller, desk, sender))


def on_sources(slug: str, caller: Caller, desk: Desk, sender: Sender) -> None:
    """All sources of a brief in a modal, which holds them in one piece; as a message where it cannot be opened."""
    text = f"sources {slug}"
    if sender.open(caller, modal(desk.reply(text), "Sources", desk.command)) is not None:
        sender.respond(caller, desk.shown(text))


def changed(shown: Shown, found: object) -> bool:
    """Whether another revision would be shown than the one that the button stands under."""
    now = found.brief.revision if isinstance(found, Answer | Withdrawn) else shown.revision
    return shown.revision is not None and now != shown.revision


def _outdated(desk: Desk) -> Message:
    return notice(f"This button is of another version of the bot and works no more. Type {desk.command} to ask again.")


def on_typeahead(typed: str, corpus: Corpus) -> tuple[Option, ...]:
    """The published briefs whose title, slug or alias holds what was typed, those that begin with it first."""
    wanted = typed.casefold().strip()
    found = []
    for brief in corpus.published:
        phrases = [phrase.casefold() for phrase in (brief.title, brief.slug, *brief.aliases)]
        if any(wanted in phrase for phrase in phrases):
            starts = any(phrase.startswith(wanted) for phrase in phrases)
            found.append((not starts, brief.title, Option(brief.title, brief.slug)))
    return tuple(option for *_, option in sorted(found, key=lambda each: each[:2])[:TYPEAHEAD_MAX])

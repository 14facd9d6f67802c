"""Trigger: somebody pressed a button or picked from a menu."""

from bot.core.answers.answer import Answer, Withdrawn
from bot.core.answers.corpus import Corpus
from bot.core.commands.button_value import ButtonValue, decode
from bot.core.commands.outcome import CommandRejected
from bot.handlers.commands.slash_command import render_page, reply, share
from bot.handlers.context import Services
from bot.handlers.digests import manage_digests
from bot.handlers.ports import Caller
from bot.render.document.document import Option
from bot.render.document.message import Message, notice, with_banner
from bot.render.reply_message import modal

CHANGED = "This has changed since you asked"
CHANGED_SHARE = "This has changed since you asked. Look at it once more, then press Share again."
TYPEAHEAD_MAX = 100


def open_command(command: str, caller: Caller, services: Services) -> None:
    """A suggestion, a section or a brief was picked, or something is to be taken back: the same as typing it."""
    _respond(caller, render_page(command, caller, services), services)


def follow_brief(slug: str, caller: Caller, services: Services) -> None:
    """*Follow* under an answer: this channel follows its brief."""
    open_command(f"subscribe {slug}", caller, services)


def continue_answer(value: str, caller: Caller, services: Services) -> None:
    """The page that stands behind *Continue*; the first one of the current text where the brief has changed."""
    asked = decode(value)
    if asked is None:
        _respond(caller, _outdated(services), services)
    elif asked.revision and has_changed(asked, reply(asked.command, caller, services, services.answers())):
        _respond(caller, _under_banner(CHANGED, asked, caller, services), services)
    else:
        _respond(caller, render_page(asked.command, caller, services, asked.page), services)


def share_answer(value: str, caller: Caller, services: Services) -> None:
    """Shares the page that was shown; asks once more where the brief has changed meanwhile."""
    asked = decode(value)
    if asked is None:
        _respond(caller, _outdated(services), services)
        return
    desk = services.answers()
    found = reply(asked.command, caller, services, desk)
    if not isinstance(found, Answer):
        _respond(caller, render_page(asked.command, caller, services), services)
    elif has_changed(asked, found):
        _respond(caller, _under_banner(CHANGED_SHARE, asked, caller, services), services)
    else:
        _respond(caller, share(found, asked.page, caller, services, desk), services)


def open_sources(slug: str, caller: Caller, services: Services) -> None:
    """All sources of a brief in a modal, which holds them in one piece; as a message where it cannot be opened."""
    text = f"sources {slug}"
    if (
        services.slack.open_modal(caller, modal(services.answers().reply(text), "Sources", services.policy.command))
        is not None
    ):
        _respond(caller, services.answers().shown(text), services)


def open_digest_form(value: str, caller: Caller, services: Services) -> None:
    """*Set a digest*: a form, or how to do it by typing where none can be opened."""
    if manage_digests.open_form(caller, services) is not None:
        _respond(caller, render_page("help digest", caller, services), services)


def submit_digest_form(text: str, caller: Caller, services: Services) -> str | None:
    """A digest was set in the form: the same as typing it. What is wrong, if anything is."""
    found = reply(text, caller, services, services.answers())
    return (
        f"{found.reason[:1].upper()}{found.reason[1:]}. {found.advice}" if isinstance(found, CommandRejected) else None
    )


def _respond(caller: Caller, message: Message | None, services: Services) -> None:
    if message is not None:
        services.slack.respond(caller, message)


def _under_banner(banner: str, asked: ButtonValue, caller: Caller, services: Services) -> Message | None:
    now = render_page(asked.command, caller, services)
    return with_banner(now, banner) if now else None


def has_changed(asked: ButtonValue, found: object) -> bool:
    """Whether another revision would be shown than the one that the button stands under."""
    now = found.brief.revision if isinstance(found, Answer | Withdrawn) else asked.revision
    return asked.revision is not None and now != asked.revision


def _outdated(services: Services) -> Message:
    return notice(
        f"This button is of another version of the bot and works no more. Type {services.policy.command} to ask again."
    )


def suggest_briefs(typed: str, corpus: Corpus) -> tuple[Option, ...]:
    """The published briefs whose title, slug or alias holds what was typed, those that begin with it first."""
    wanted = typed.casefold().strip()
    found = []
    for brief in corpus.published:
        phrases = [phrase.casefold() for phrase in (brief.title, brief.slug, *brief.aliases)]
        if any(wanted in phrase for phrase in phrases):
            starts = any(phrase.startswith(wanted) for phrase in phrases)
            found.append((not starts, brief.title, Option(brief.title, brief.slug)))
    return tuple(option for *_, option in sorted(found, key=lambda each: each[:2])[:TYPEAHEAD_MAX])

"""Trigger: somebody pressed a button or picked from a menu."""

from bot.core.answers.answer import Answer, Withdrawn
from bot.core.answers.corpus import Corpus
from bot.core.commands.button_value import Shown, decode
from bot.core.commands.outcome import Refusal
from bot.handlers.commands.slash_command import reply, share, shown
from bot.handlers.context import Office
from bot.handlers.digests import manage_digests
from bot.handlers.ports import Caller
from bot.render.document.document import Option
from bot.render.document.message import Message, notice, with_banner
from bot.render.reply_message import modal

CHANGED = "This has changed since you asked"
CHANGED_SHARE = "This has changed since you asked. Look at it once more, then press Share again."
TYPEAHEAD_MAX = 100


def on_open(command: str, caller: Caller, office: Office) -> None:
    """A suggestion, a section or a brief was picked, or something is to be taken back: the same as typing it."""
    _respond(caller, shown(command, caller, office), office)


def on_follow_press(slug: str, caller: Caller, office: Office) -> None:
    """*Follow* under an answer: this channel follows its brief."""
    on_open(f"subscribe {slug}", caller, office)


def on_continue(value: str, caller: Caller, office: Office) -> None:
    """The page that stands behind *Continue*; the first one of the current text where the brief has changed."""
    asked = decode(value)
    if asked is None:
        _respond(caller, _outdated(office), office)
    elif asked.revision and changed(asked, reply(asked.again, caller, office, office.desk())):
        _respond(caller, _under(CHANGED, asked, caller, office), office)
    else:
        _respond(caller, shown(asked.again, caller, office, asked.page), office)


def on_share(value: str, caller: Caller, office: Office) -> None:
    """Shares the page that was shown; asks once more where the brief has changed meanwhile."""
    asked = decode(value)
    if asked is None:
        _respond(caller, _outdated(office), office)
        return
    desk = office.desk()
    found = reply(asked.again, caller, office, desk)
    if not isinstance(found, Answer):
        _respond(caller, shown(asked.again, caller, office), office)
    elif changed(asked, found):
        _respond(caller, _under(CHANGED_SHARE, asked, caller, office), office)
    else:
        _respond(caller, share(found, asked.page, caller, office, desk), office)


def on_sources(slug: str, caller: Caller, office: Office) -> None:
    """All sources of a brief in a modal, which holds them in one piece; as a message where it cannot be opened."""
    text = f"sources {slug}"
    if office.sender.open(caller, modal(office.desk().reply(text), "Sources", office.command)) is not None:
        _respond(caller, office.desk().shown(text), office)


def on_digest_press(value: str, caller: Caller, office: Office) -> None:
    """*Set a digest*: a form, or how to do it by typing where none can be opened."""
    if manage_digests.ask(caller, office) is not None:
        _respond(caller, shown("help digest", caller, office), office)


def on_form(text: str, caller: Caller, office: Office) -> str | None:
    """A digest was set in the form: the same as typing it. What is wrong, if anything is."""
    found = reply(text, caller, office, office.desk())
    return f"{found.why[:1].upper()}{found.why[1:]}. {found.advice}" if isinstance(found, Refusal) else None


def _respond(caller: Caller, message: Message | None, office: Office) -> None:
    if message is not None:
        office.sender.respond(caller, message)


def _under(banner: str, asked: Shown, caller: Caller, office: Office) -> Message | None:
    now = shown(asked.again, caller, office)
    return with_banner(now, banner) if now else None


def changed(asked: Shown, found: object) -> bool:
    """Whether another revision would be shown than the one that the button stands under."""
    now = found.brief.revision if isinstance(found, Answer | Withdrawn) else asked.revision
    return asked.revision is not None and now != asked.revision


def _outdated(office: Office) -> Message:
    return notice(
        f"This button is of another version of the bot and works no more. Type {office.command} to ask again."
    )


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

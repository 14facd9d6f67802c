"""Trigger: somebody wants to report a mistake, under an answer, by a command or on a message of the bot. Opens the
form; nothing that is slow comes before that, as its trigger is valid for three seconds."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from bot.core.answers.answer import Answer, Reply, SearchResults
from bot.core.answers.corpus import Corpus
from bot.core.briefs.brief import Brief, Claim
from bot.core.commands.button_value import decode, decode_command
from bot.core.commands.command import Command, Search, Show, ShowHelp
from bot.core.commands.outcome import CommandRejected
from bot.core.commands.report_commands import ReportMistake
from bot.errors import DatabaseFailureError
from bot.handlers.answers.answer_cache import AnswerCache
from bot.handlers.context import Services
from bot.handlers.permissions import MEMBERS_ONLY
from bot.handlers.ports import Caller
from bot.render.document.block_kit import OPTIONS_MAX
from bot.render.document.document import Option
from bot.render.document.phrases import claim_text
from bot.render.reports.report_form import FormContext, Groups, claim_value, report_form
from bot.store.posted_messages import PostedClaim

logger = logging.getLogger(__name__)

NOT_OURS = "this message is not the bot's, so the bot cannot tell what it is about"
NO_CLAIMS = "this message shows no claim of a brief that readers see now"


@dataclass(frozen=True, slots=True)
class PointedMessage:
    """A message that somebody points at: its `ts`, that of the first of its thread (None outside one), whether it is
    the bot's own, and the values of its controls, in order."""

    ts: str
    thread_ts: str | None
    is_own: bool
    values: tuple[str, ...] = ()


def open_report(command: ReportMistake, caller: Caller, services: Services) -> Reply | CommandRejected | None:
    """Opens the form; None once it is open, else what to say instead."""
    # What the payload says itself needs no call to Slack; all else is asked when the form is submitted.
    if caller.external:
        return MEMBERS_ONLY
    answers = services.answers()
    groups = _groups_of(command, answers, services.default_brief(caller))
    if not isinstance(groups, Sequence):
        return groups
    return _open(groups, command, answers, caller, services)


def open_report_of_message(
    message: PointedMessage, caller: Caller, services: Services
) -> Reply | CommandRejected | None:
    """Opens the form with the claims that a message shows; None once it is open, else what to say instead."""
    if not message.is_own:
        return _elsewhere(NOT_OURS, services)
    if caller.external:
        return MEMBERS_ONLY
    claims = _claims_shown(message, caller, services)
    answers = services.answers()
    if groups := _groups_shown(claims, answers.corpus):
        return _open(groups, ReportMistake(), answers, caller, services)
    command = next(_commands(message.values), None)
    return open_report(command, caller, services) if command else _elsewhere(NO_CLAIMS, services)


def _elsewhere(reason: str, services: Services) -> CommandRejected:
    advice = f"To report a mistake type `{services.policy.command} report`, or use the shortcut on the message with it."
    return CommandRejected(reason, advice)


def form_needs_press(command: ReportMistake) -> CommandRejected:
    """Where no form can be opened: a button opens one."""
    return CommandRejected("a form does not open here by itself", "Press this, and it does:", options=(command,))


def _open(
    groups: Groups, command: ReportMistake, answers: AnswerCache, caller: Caller, services: Services
) -> CommandRejected | None:
    context = FormContext(caller.place, answers.number, command.brief or "")
    about = _about(groups, answers.corpus)
    view = report_form(groups, context, about, is_read=services.policy.maintainers is not None)
    return form_needs_press(command) if services.slack.open_modal(caller, view) is not None else None


def _about(groups: Groups, corpus: Corpus) -> str:
    """The brief that all claims are of, with the section if all are of one; empty where they are of several."""
    slugs = {option.value.partition("/")[0] for _, claims in groups for option in claims}
    if len(slugs) != 1:
        return ""
    titles = dict.fromkeys([corpus.briefs[slugs.pop()].title, *(title for title, _ in groups[:1] if not groups[1:])])
    return " · ".join(titles)


# The claims of a brief


def _groups_of(command: ReportMistake, answers: AnswerCache, default: str | None) -> Groups | Reply:
    """The claims of a section or a brief, by section; none where they are to be looked up; the reply where there are
    none."""
    if command == ReportMistake():
        return ()
    reply = answers.answer(Show(command.section, command.brief), default)
    if not isinstance(reply, Answer):
        return reply if command.brief else ()
    corpus, brief = answers.corpus, reply.brief
    keys = [reply.section] if command.section else corpus.section_keys(brief)
    return tuple((corpus.section_title(key), _options(brief, brief.sections[key].claims)) for key in keys)


def _options(brief: Brief, claims: Sequence[Claim]) -> list[Option]:
    return [Option(claim_text(each), claim_value(brief.slug, each.id)) for each in claims]


# The claims of a message


def _claims_shown(message: PointedMessage, caller: Caller, services: Services) -> list[PostedClaim]:
    """The claims of a post, under their ids of now, else those of the first post of its thread; none where it is not
    known, or the database does not answer."""
    try:
        with services.store.snapshot() as tx:
            tss = filter(None, (message.ts, message.thread_ts))
            found = (tx.posted_messages.claims_at(caller.team, caller.channel, ts) for ts in tss)
            return next(filter(None, found), [])
    except DatabaseFailureError as error:
        logger.warning("it is not known which claims a message shows: %s", error)
        return []


def _groups_shown(claims: Sequence[PostedClaim], corpus: Corpus) -> Groups:
    """Those that readers see now, by brief."""
    groups: list[tuple[str, Sequence[Option]]] = []
    for slug, some in groupby(dict.fromkeys(claims), key=lambda each: corpus.current_slug(each.slug)):
        brief = corpus.briefs.get(slug)
        if brief is not None and brief.status == "published":
            by_id = {claim.id: claim for _, claim in brief.claims()}
            present = [by_id[each.claim] for each in some if each.claim in by_id]
            groups += [(brief.title, _options(brief, present))] if present else []
    return groups


def _commands(values: Sequence[str]) -> Iterator[ReportMistake]:
    """What the controls of a message are about, first those that report."""
    commands = [command for value in values if (command := _command(value))]
    yield from (each for each in commands if isinstance(each, ReportMistake))
    yield from (ReportMistake(each.brief, each.section) for each in commands if isinstance(each, Show) and each.brief)


def _command(value: str) -> Command | None:
    if value.startswith("[["):
        button = decode(value, _as_help)
        return button.command if button else None
    return decode_command(value, _as_help) if value.startswith('["') else None


def _as_help(text: str) -> Command:
    """Values of versions before 0.2, which are texts."""
    return ShowHelp(None, None, text)


# Looked up


def suggest_claims(typed: str, scope: str, services: Services) -> tuple[Option, ...]:
    """At most `OPTIONS_MAX` claims that hold what was typed, or answer it; `scope` is the slug of the only brief that
    is looked at, empty for all."""
    answers = services.answers()
    briefs = [brief for brief in answers.corpus.published if scope in ("", brief.slug)]
    wanted = typed.casefold().strip()
    holding = (
        (brief, claim) for brief in briefs for _, claim in brief.claims() if wanted in claim_text(claim).casefold()
    )
    found = dict.fromkeys((brief.slug, claim.id) for brief, claim in islice(holding, OPTIONS_MAX))
    if wanted and not scope:
        found = {**dict.fromkeys(_answering(typed, answers)), **found}
    claims = {(brief.slug, claim.id): claim for brief in briefs for _, claim in brief.claims()}
    options = (Option(claim_text(claims[each]), claim_value(*each)) for each in found if each in claims)
    return tuple(islice(options, OPTIONS_MAX))


def _answering(typed: str, answers: AnswerCache) -> list[tuple[str, str]]:
    reply = answers.answer(Search(typed))
    return [(each.brief.slug, each.claim.id) for each in reply.excerpts] if isinstance(reply, SearchResults) else []

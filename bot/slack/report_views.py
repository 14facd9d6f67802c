"""The forms of reports, and the shortcut on messages: payloads in, our handlers called."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from slack_bolt import Ack, App

from bot.errors import DatabaseFailureError
from bot.handlers.commands import interactions
from bot.handlers.context import Services
from bot.handlers.reports.dismiss_report import dismiss_report
from bot.handlers.reports.keep_report import FormProblem, keep_report
from bot.handlers.reports.open_report import PointedMessage, suggest_claims
from bot.handlers.request import with_reference
from bot.render.document.block_kit import options
from bot.render.document.document import Line
from bot.render.document.message import notice
from bot.render.reports import report_form
from bot.render.reports.report_form import FormContext
from bot.slack.callers import MalformedPayloadError, Payload, caller_of_action, caller_of_form, conversation_team
from bot.slack.database_trouble import explain, impatient
from bot.slack.questions import typed

SHORTCUT = "report"
"""The callback id of the message shortcut, as in the manifests."""

VALUES_MAX = 200
"""Controls of a message that are looked at; Slack takes 25 in each of 50 blocks."""

AWAY = (
    "The database does not answer just now, so nothing is kept yet. Your words stay here: send them again in a minute. "
    "However often you do, they are kept once."
)
T = TypeVar("T")


def listen_to_reports(app: App, services: Services, is_own: Callable[[Payload], bool]) -> None:
    """Adds the listeners. `is_own`: whether the message of a payload is the bot's."""
    _listen_to_shortcut(app, services, is_own)
    _listen_to_reports(app, services)
    _listen_to_dismissals(app, services)


def _listen_to_shortcut(app: App, services: Services, is_own: Callable[[Payload], bool]) -> None:
    @app.message_shortcut(SHORTCUT)
    def on_shortcut(ack: Ack, body: Payload) -> None:
        message, caller = body["message"], caller_of_action(body)
        values = tuple(value for value, _ in zip(_values(message.get("blocks")), range(VALUES_MAX), strict=False))
        pointed = PointedMessage(message["ts"], caller.thread_ts, is_own(body), values)
        own = impatient(services).speaking_in(caller.thread_ts)
        try:
            interactions.report_message(pointed, caller, own)
        except DatabaseFailureError as error:
            own.slack.respond(caller, notice(explain(error, own)))
        ack()


def _listen_to_reports(app: App, services: Services) -> None:
    @app.options(report_form.TYPEAHEAD)
    def on_claim_options(ack: Ack, body: Payload) -> None:
        conversation_team(body)
        scope = _read(lambda: FormContext.of(body["view"]["private_metadata"]).scope)
        ack(options=options(suggest_claims(typed(body.get("value")), scope, services)))

    @app.view(report_form.CALLBACK)
    def on_report(ack: Ack, body: Payload) -> None:
        view, own = body["view"], impatient(services)
        entry = _read(lambda: report_form.entry_of(_cleaned(view["state"]["values"])))
        context = _read(lambda: FormContext.of(view["private_metadata"]))
        view_id = _read(lambda: _id_of(view))
        outcome: FormProblem | Sequence[Line]
        try:
            outcome = keep_report(entry, context, view_id, caller_of_form(body), own)
        except DatabaseFailureError as error:
            explain(error, own)
            outcome = FormProblem(report_form.WRONG, with_reference(AWAY))
        if isinstance(outcome, FormProblem):
            ack(response_action="errors", errors={outcome.field: outcome.words})
        else:
            ack(response_action="update", view=report_form.thanks(outcome))


def _listen_to_dismissals(app: App, services: Services) -> None:
    @app.view(report_form.DISMISSAL)
    def on_dismissal(ack: Ack, body: Payload) -> None:
        view, own = body["view"], impatient(services)
        word = _read(lambda: report_form.word_of(_cleaned(view["state"]["values"])))
        number = _read(lambda: report_form.dismissed_number(view["private_metadata"]))
        try:
            problem = dismiss_report(number, word, caller_of_form(body), own)
        except DatabaseFailureError as error:
            explain(error, own)
            problem = FormProblem(report_form.WORD, with_reference(AWAY))
        if problem is None:
            ack()
        else:
            ack(response_action="errors", errors={problem.field: problem.words})


def _id_of(view: Payload) -> str:
    """Raises: KeyError, ValueError for a view without an id, under which a report could not be kept once."""
    if not view["id"]:
        raise ValueError
    return str(view["id"])


def _read(get: Callable[[], T]) -> T:
    """Raises: MalformedPayloadError for a form that no version has shown."""
    try:
        return get()
    except (AttributeError, LookupError, TypeError, ValueError):
        raise MalformedPayloadError("no version has shown such a form") from None


def _cleaned(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What was entered, without what no database stores."""
    return {block: {name: _field(field) for name, field in fields.items()} for block, fields in values.items()}


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    text = field.get("value")
    return {**field, "value": typed(text)} if isinstance(text, str) else dict(field)


def _values(node: object) -> Iterator[str]:
    """The values of the controls in the blocks of a message, in order."""
    match node:
        case list():
            for each in node:
                yield from _values(each)
        case dict():
            if isinstance(value := node.get("value"), str):
                yield value
            for each in node.values():
                yield from _values(each)

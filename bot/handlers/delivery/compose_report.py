"""Composes the messages about reports of mistakes, from what is kept of them."""

from bot.core.briefs.brief import Brief, Claim
from bot.core.briefs.file_place import FilePlace, file_place
from bot.core.commands.command import Show
from bot.core.delivery.content import ReportAnswer, ReportNotice, ReportNoticeEdit
from bot.core.reports.issue import issue_address
from bot.core.reports.report import Report
from bot.handlers.context import Services
from bot.handlers.delivery.claim_tracker import ClaimTracker
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.render.document.message import Message
from bot.render.document.phrases import claim_text
from bot.render.reports.report_messages import ClaimNow, report_answer, report_notice
from bot.store.delivery_key import report_key
from bot.store.store import Transaction


def compose_report(
    tx: Transaction, services: Services, content: ReportNotice | ReportNoticeEdit | ReportAnswer
) -> PreparedMessage | NotSent:
    """The message as the report is now; nothing of one that is so old that it is forgotten."""
    report = tx.reports.find(content.report_id)
    if report is None:
        return "void"
    match content:
        case ReportNotice():
            return PreparedMessage(_notice(tx, services, report))
        case ReportNoticeEdit():
            return _edited(tx, services, report)
        case ReportAnswer():
            return _answer(tx, services, report)


def _edited(tx: Transaction, services: Services, report: Report) -> PreparedMessage | NotSent:
    key = report_key(ReportNotice(report.id))
    if ts := tx.outbox.posted_ts(key):
        return PreparedMessage(_notice(tx, services, report), ts=ts)
    return "later" if tx.outbox.open_among([key]) else "void"


def _notice(tx: Transaction, services: Services, report: Report) -> Message:
    place = place_in_file(tx, report.slug, claim=report.claim)
    issues_url = services.policy.issues_url
    return report_notice(report, place, issue_address(issues_url, report, place) if issues_url else None)


def place_in_file(tx: Transaction, slug: str, *, claim: str = "", section: str = "") -> FilePlace:
    """Where the published version of a brief has a claim (by id) or a section (by key) in its file."""
    revision = tx.publications.current_revision(slug)
    lines = tx.publications.lines(slug, revision) if revision else None
    line = (lines.claims.get(claim) or lines.sections.get(section)) if lines else None
    # A file that is gone cannot be edited.
    return file_place(tx.publications.vocabulary().edit_url if revision else None, slug, line)


def _answer(tx: Transaction, services: Services, report: Report) -> PreparedMessage:
    found = _standing(tx, report)
    if found is None:
        return PreparedMessage(report_answer(report, None))
    brief, section, claim = found
    title = services.corpus.corpus.section_title(section)
    now = ClaimNow(claim_text(claim), f"{brief.title} · {title}", title, Show(section, brief.slug))
    return PreparedMessage(report_answer(report, now))


def _standing(tx: Transaction, report: Report) -> tuple[Brief, str, Claim] | None:
    """The claim as readers see it now, in whichever brief; None where they do not."""
    it = ClaimTracker(tx, tx.publications.newest_number()).follow(report.slug, report.claim, report.publication)
    brief = tx.brief(it.slug, tx.publications.current_revision(it.slug))
    if brief is None or brief.status != "published":
        return None
    return next(((brief, key, claim) for key, claim in brief.claims() if claim.id == it.claim), None)

"""The address of a page that makes an issue of a report, with the issue filled in."""

from urllib.parse import quote

from bot.core.briefs.file_place import FilePlace
from bot.core.reports.report import Report

ADDRESS_MAX = 2000
"""Characters of an address that every browser and host takes; Slack takes 3,000 in a link."""

TITLE, BODY = "{title}", "{body}"
TITLE_MAX = 100
"""Characters of the claim in a title."""

MORE = "…"


def issue_address(issues_url: str, report: Report, place: FilePlace) -> str:
    """The address, of at most `ADDRESS_MAX` characters: `issues_url` with the title and the body in the places that it
    names, or behind it as GitHub takes them. Nobody is named in it, as issues may be public."""
    template = issues_url if BODY in issues_url or TITLE in issues_url else f"{issues_url}{_query(issues_url)}"
    body = _body(report, place)
    while True:
        address = template.replace(TITLE, _encoded(_title(report))).replace(BODY, _encoded(body))
        over = len(address) - ADDRESS_MAX
        if over <= 0 or not body:
            return address
        # No character takes more than twelve, percent-encoded: at least so many have to go.
        body = f"{body[: -(max(1, over // 12) + len(MORE))]}{MORE}" if len(body) > 2 * len(MORE) else ""


def _query(issues_url: str) -> str:
    return f"{'&' if '?' in issues_url else '?'}title={TITLE}&body={BODY}"


def _title(report: Report) -> str:
    cut = report.shown if len(report.shown) <= TITLE_MAX else f"{report.shown[: TITLE_MAX - 1]}{MORE}"
    return f"{report.slug}: {cut}"


def _body(report: Report, place: FilePlace) -> str:
    at = f"{place.file}:{place.line}" if place.line else place.file
    lines = [f"Claim {report.claim} in {at}:", f"> {report.shown}", "", report.wrong]
    lines += [f"Source: {report.source}"] if report.source else []
    return "\n".join([*lines, *([place.url] if place.url else [])])


def _encoded(text: str) -> str:
    return quote(text, safe="")

"""Two briefs that share a page, for the commands about evidence."""

from pathlib import Path

STORE = """\
sections:
  overview: {title: Overview}
  legal: {title: Legal considerations}
edit_url: https://github.com/harbour/briefs/edit/main/briefs
"""

FERRIES = """\
title: The ferry timetable
summary: The harbour board halved the number of ferries.
aliases: [ferry cuts]
status: published
as_of: 2025-04-01
owner: local-desk
sections:
  overview:
    claims:
      - id: halved
        text: On 3 March 2025 the board cut the number of daily ferries from twelve to six.
        evidence:
          - source: gazette
            quote: the number of daily crossings falls from twelve to six
          - {source: gazette, quote: six of the twelve ferries stay in harbour}
      - id: sold
        text: "Whether ferries were sold in 2025: no report read says so."
        standing: unverified
        note: Not found.
        evidence: [{source: gazette}, {source: radio}]
  legal:
    claims:
      - id: in-court
        text: Two towns went to court in March 2025.
        evidence:
          - {source: radio, quote: both town councils filed suit on Monday}
          - {source: gazette}
      - id: unlawful
        text: The mayor of Westport called the timetable unlawful in March 2025.
        standing: opinion
        note: Said in a speech that nobody has printed.
sources:
  gazette:
    title: Board halves ferries
    publisher: Harbour Gazette
    date: 2025-03-04
    url: https://www.example.org/2025/ferries/?utm_source=mail
    archive_url: https://archive.ph/AbCdE
    kind: news
  radio:
    publisher: Coast Radio
    url: https://example.org/radio/1234
    kind: news
changes:
  - {date: 2025-04-01, kind: new, note: First version.}
"""

BUSES = """\
title: The buses
summary: Buses replaced ferries.
status: draft
as_of: 2025-04-01
owner: local-desk
sections:
  overview:
    claims:
      - id: replaced
        text: In March 2025 buses replaced six ferries.
        evidence: [{source: ferries-page}]
        note: The page says so in its headline.
sources:
  ferries-page:
    title: Board halves ferries
    publisher: Harbour Gazette
    date: 2025-03-04
    url: http://example.org/2025/ferries
    archive_url: https://web.archive.org/web/20250304/http://example.org/2025/ferries
    kind: news
"""


def write(directory: Path, **briefs: str) -> Path:
    """A directory of these brief files, by slug; with both briefs where none is named."""
    directory.mkdir(exist_ok=True)
    for slug, text in {"_store": STORE, **(briefs or {"ferries": FERRIES, "buses": BUSES})}.items():
        (directory / f"{slug}.yaml").write_text(text, encoding="utf-8")
    return directory

"""One page of every kind that a quote may meet, and what is to be said of the quote."""

import gzip
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Event

from bot.core.evidence.lock import QuoteState, UnreadReason
from tests.pages.pdf import pdf
from tests.pages.site import LOOPBACK, Exchange, Page, html

QUOTE = "the board's “final” offer — twelve ferries — was not refused by the towns"
PLAIN = "nobody asked the four towns before the board had decided"
MIB = 1024 * 1024
NEVER = Event()
"""Waited for by pages that do not answer; set at the end, so that no thread stays."""

ABSENT, REFUSED, BUSY, TIMEOUT, NETWORK, ROBOTS, FORBIDDEN, REDIRECTS, TOO_LARGE, UNREADABLE = UnreadReason
VERBATIM, NORMALISED, MISSING, UNREACHABLE, GONE = QuoteState


@dataclass(frozen=True)
class Kind:
    """A page and its expected outcome. `more`: other pages of its host, by path. `names`: addresses of other hosts.
    `asked`: how often the page itself is to be asked for; None: any number."""

    page: Page
    state: QuoteState
    reason: UnreadReason | None = None
    quote: str = QUOTE
    places: int = 1
    more: Mapping[str, Page] = field(default_factory=dict)
    archive: Page | None = None
    is_archived: bool = False
    asked: int | None = 1


def paragraph(words: str) -> str:
    return f"<nav>Home</nav><p>Yesterday {words}, it says.</p><footer>Imprint</footer>"


def sent(body: bytes, **headers: str) -> Page:
    return lambda exchange: exchange.reply(200, body, **{"Content_Type": "text/html", **headers})


def status(number: int, **headers: str) -> Page:
    return html(paragraph(QUOTE), number, **headers)


def to(location: str, number: int = 302) -> Page:
    return lambda exchange: exchange.reply(number, b"", Location=location)


def found(words: str = QUOTE) -> Kind:
    return Kind(html(paragraph(words)), VERBATIM)


def unread(page: Page, reason: UnreadReason, asked: int | None = 1) -> Kind:
    return Kind(page, UNREACHABLE, reason, asked=asked)


def forbidden(location: str) -> Kind:
    return unread(to(location), FORBIDDEN)


def later(times: int, after: Page, wait: str = "0") -> Page:
    """Asks each host's visitor so often to come again, then is as `after`."""
    refused = Counter[str]()

    def page(exchange: Exchange) -> None:
        host = exchange.headers["Host"]
        refused[host] += 1
        (status(429, Retry_After=wait) if refused[host] <= times else after)(exchange)

    return page


def stuck(exchange: Exchange) -> None:
    """Does not answer."""
    NEVER.wait(20)
    exchange.close_connection = True


def dripping(exchange: Exchange) -> None:
    """Sends a letter now and then, without an end."""
    exchange.send_response(200)
    exchange.send_header("Content-Type", "text/html")
    exchange.end_headers()
    exchange.close_connection = True
    for _ in range(400):
        exchange.wfile.write(b"a")
        if NEVER.wait(0.05):
            return


def stream(mebibytes: int) -> Page:
    """Sends so much without saying how much it is."""

    def page(exchange: Exchange) -> None:
        exchange.send_response(200)
        exchange.send_header("Content-Type", "text/html")
        exchange.end_headers()
        exchange.close_connection = True
        for _ in range(mebibytes * 16):
            exchange.wfile.write(b"x " * (MIB // 32))

    return page


def bomb(mebibytes: int, encoding: str) -> Page:
    compressor = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16 if encoding == "gzip" else zlib.MAX_WBITS)
    body = b"".join(compressor.compress(bytes(MIB)) for _ in range(mebibytes)) + compressor.flush()
    return sent(body, Content_Encoding=encoding)


def cut(exchange: Exchange) -> None:
    """Ends before the end."""
    exchange.reply(200, html_bytes(QUOTE), Content_Type="text/html", Content_Length="100000")
    exchange.close_connection = True


def hung_up(exchange: Exchange) -> None:
    exchange.close_connection = True


def html_bytes(words: str, encoding: str = "utf-8", head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{paragraph(words)}</body></html>".encode(encoding)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


def robots(rules: str) -> Mapping[str, Page]:
    return {"robots.txt": sent(rules.encode(), Content_Type="text/plain")}


ROUND = iter(range(10**9))
"""Numbers for addresses that never come again."""


def further(exchange: Exchange) -> None:
    to(f"/page?{next(ROUND)}")(exchange)


ALTERED = QUOTE.replace("not refused", "refused")
STRAIGHT = QUOTE.replace("“", '"').replace("”", '"').replace("—", "-")
LATIN = "les élus n’étaient pas « prêts » à céder le quai"
PDF_LINES = ("Minutes. On Monday nobody asked the four towns be-", "fore the board had decided. More follows.")

FOUND: dict[str, Kind] = {
    "verbatim": found(),
    "twice": Kind(html(paragraph(QUOTE) + paragraph(QUOTE)), VERBATIM, places=2),
    "white-space": found(QUOTE.replace(" ", "\n\t&nbsp; ")),
    "over-inline-elements": found(QUOTE.replace("offer", "<b>o</b>ff<a href=x>er</a>").replace("the", "<i>the</i>")),
    "over-blocks": found(QUOTE.replace(" was", "</p><p>was")),
    "in-a-caption": Kind(html(f"<figure><img src=x><figcaption>{QUOTE}</figcaption></figure>"), VERBATIM),
    "in-a-folded-note": Kind(html(f"<details><summary>Note</summary>{QUOTE}</details>"), VERBATIM),
    "straight-marks": Kind(html(paragraph(STRAIGHT)), NORMALISED),
    "other-marks": Kind(html(paragraph(QUOTE.replace("“", "«&nbsp;").replace("”", "&nbsp;»"))), NORMALISED),
    "soft-hyphens": Kind(html(paragraph(QUOTE.replace("refused", "re&shy;fu\u200bsed"))), NORMALISED),
    "ligatures": Kind(html(paragraph(QUOTE.replace("final", "ﬁnal"))), NORMALISED),
    "latin-1-by-header": Kind(
        sent(html_bytes(LATIN.replace("’", "\x92"), "latin-1"), Content_Type="text/html; charset=ISO-8859-1"),
        VERBATIM,
        quote=LATIN,
    ),
    "windows-1252-by-meta": Kind(
        sent(html_bytes(LATIN, "cp1252", "<meta charset=windows-1252>")), VERBATIM, quote=LATIN
    ),
    "windows-1252-unsaid": Kind(sent(html_bytes(LATIN, "cp1252")), VERBATIM, quote=LATIN),
    "utf-16-by-mark": Kind(sent(html_bytes(QUOTE, "utf-16")), VERBATIM),
    "utf-8-unsaid": Kind(sent(html_bytes(QUOTE)), VERBATIM),
    "plain-text": Kind(sent(QUOTE.encode(), Content_Type="text/plain; charset=utf-8"), VERBATIM),
    "gzip": Kind(sent(gzip.compress(html_bytes(QUOTE)), Content_Encoding="gzip"), VERBATIM),
    "two-gzip-files": Kind(
        sent(gzip.compress(html_bytes(PLAIN)) + gzip.compress(html_bytes(QUOTE)), Content_Encoding="gzip"), VERBATIM
    ),
    "deflate": Kind(sent(zlib.compress(html_bytes(QUOTE)), Content_Encoding="deflate"), VERBATIM),
    "raw-deflate": Kind(sent(raw_deflate(html_bytes(QUOTE)), Content_Encoding="deflate"), VERBATIM),
    "pdf": Kind(sent(pdf(["Page one."], [f"Then {PLAIN}."]), Content_Type="application/pdf"), VERBATIM, quote=PLAIN),
    "pdf-over-lines": Kind(sent(pdf(PDF_LINES), Content_Type="application/pdf"), NORMALISED, quote=PLAIN),
    "pdf-of-no-type": Kind(sent(pdf([PLAIN]), Content_Type="application/octet-stream"), VERBATIM, quote=PLAIN),
    "redirect": Kind(to("/moved/here?a=1"), VERBATIM, more={"moved/here?a=1": html(paragraph(QUOTE))}),
    "redirect-to-another-host": Kind(to("http://verbatim.example.org/page", 301), VERBATIM),
    "later": Kind(later(1, html(paragraph(QUOTE))), VERBATIM, asked=2),
    "robots-allow": Kind(
        html(paragraph(QUOTE)),
        VERBATIM,
        more=robots("User-agent: *\nDisallow: /\n\nUser-agent: briefbot\nAllow: /page"),
    ),
    "robots-refused": Kind(html(paragraph(QUOTE)), VERBATIM, more={"robots.txt": status(403)}),
    "robots-leads-away": Kind(html(paragraph(QUOTE)), VERBATIM, more={"robots.txt": to("http://127.0.0.1/")}),
    "archived": Kind(status(404), VERBATIM, archive=html(paragraph(QUOTE)), is_archived=True),
    "archived-410": Kind(status(410), MISSING, places=0, archive=html(paragraph(ALTERED)), is_archived=True),
}

MISSED: dict[str, Kind] = {
    "altered-by-one-word": Kind(html(paragraph(ALTERED)), MISSING, places=0),
    "other-figure": Kind(html(paragraph(QUOTE.replace("twelve", "12"))), MISSING, places=0),
    "other-case": Kind(html(paragraph(QUOTE.replace("towns", "Towns"))), MISSING, places=0),
    "negated-by-a-prefix": Kind(html(paragraph("non-" + PLAIN)), MISSING, quote=PLAIN, places=0),
    "only-in-a-script": Kind(html(f"<p>Text.</p><script>var a = '{PLAIN}'</script>"), MISSING, quote=PLAIN, places=0),
    "pdf-altered": Kind(
        sent(pdf([PLAIN.replace("nobody", "somebody")]), Content_Type="application/pdf"), MISSING, quote=PLAIN, places=0
    ),
}

UNREAD: dict[str, Kind] = {
    "404": unread(status(404), ABSENT),
    "410": unread(status(410), ABSENT),
    "no-copy-either": Kind(status(404), UNREACHABLE, ABSENT, archive=status(404)),
    "403": unread(status(403), REFUSED),
    "401": unread(status(401), REFUSED),
    "451": unread(status(451), REFUSED),
    "500": unread(status(500), BUSY),
    "503": unread(status(503), BUSY, asked=3),
    "429-for-long": unread(status(429, Retry_After="86400"), BUSY),
    "429-until-a-day": unread(status(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"), BUSY),
    "no-answer": unread(stuck, TIMEOUT),
    "no-end": unread(dripping, TIMEOUT),
    "cut-off": unread(cut, NETWORK, asked=None),
    "hung-up": unread(hung_up, NETWORK, asked=None),
    "broken-gzip": unread(sent(gzip.compress(html_bytes(QUOTE))[:-20], Content_Encoding="gzip"), NETWORK),
    "no-gzip": unread(sent(html_bytes(QUOTE), Content_Encoding="gzip"), NETWORK),
    "unknown-compression": unread(sent(html_bytes(QUOTE), Content_Encoding="br"), UNREADABLE),
    "picture": unread(sent(b"\x89PNG\r\n", Content_Type="image/png"), UNREADABLE),
    "empty": unread(sent(b""), UNREADABLE),
    "script-alone": unread(html("<div id=root></div><script>load()</script>"), UNREADABLE),
    "broken-pdf": unread(sent(b"%PDF-1.4\nnothing", Content_Type="application/pdf"), UNREADABLE),
    "endless-redirect": unread(further, REDIRECTS, asked=None),
    "circle": unread(to("/page"), REDIRECTS, asked=None),
    "robots": Kind(
        html(paragraph(QUOTE)), UNREACHABLE, ROBOTS, more=robots("User-agent: *\nDisallow: /page\n"), asked=0
    ),
    "robots-busy": Kind(html(paragraph(QUOTE)), UNREACHABLE, BUSY, more={"robots.txt": status(500)}, asked=0),
    "redirect-to-robots": unread(to("http://robots.example.org/page"), ROBOTS),
    "names-both": Kind(html(paragraph(QUOTE)), UNREACHABLE, FORBIDDEN, asked=0),
    "names-private": Kind(html(paragraph(QUOTE)), UNREACHABLE, FORBIDDEN, asked=0),
}

NAMES = {
    "names-both.example.org": (LOOPBACK, "10.0.0.7"),
    "names-private.example.org": ("192.168.1.1",),
    "names-both-6.example.org": (LOOPBACK, "::1"),
}

PRIVATE = (
    "http://127.0.0.1/",
    "http://127.0.0.1:{decoy}/",
    "https://127.0.0.1:{decoy}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::1]:{decoy}/",
    "http://[::ffff:127.0.0.1]:{decoy}/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://0.0.0.0:{decoy}/",
    "http://127.1:{decoy}/",
    "http://2130706433:{decoy}/",
    "http://10.1.2.3/",
    "http://names-both.example.org/page",
    "http://names-both-6.example.org/page",
    "http://names-private.example.org/page",
    "http://verbatim.example.org:{decoy}/page",
    "http://user:word@verbatim.example.org/page",
    "file:///etc/passwd",
    "ftp://verbatim.example.org/page",
    "//127.0.0.1:{decoy}/page",
)


def kinds(decoy: int, huge: int = 50) -> dict[str, Kind]:
    """Every kind by its name, which is the first part of its host. `decoy`: a port of this machine where nothing may
    connect. `huge`: the size of what is too large, in MiB."""
    redirects = {f"to-{number}": forbidden(each.format(decoy=decoy)) for number, each in enumerate(PRIVATE)}
    large = {
        "stream": unread(stream(huge), TOO_LARGE),
        "large-by-header": unread(sent(b"", Content_Length=str(50 * MIB)), TOO_LARGE),
        "gzip-bomb": unread(bomb(huge, "gzip"), TOO_LARGE),
        "deflate-bomb": unread(bomb(huge, "deflate"), TOO_LARGE),
    }
    return {**FOUND, **MISSED, **UNREAD, **redirects, **large}


def pages_of(name: str, kind: Kind, path: str = "page") -> dict[tuple[str, str], Page]:
    """The pages of a kind, by host and path."""
    host = f"{name}.example.org"
    pages = {(host, f"/{path}"): kind.page, **{(host, f"/{each}"): page for each, page in kind.more.items()}}
    return {**pages, (f"archive-{host}", f"/{path}"): kind.archive} if kind.archive else pages

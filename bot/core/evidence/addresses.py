"""Which addresses are those of one page, whatever was copied with them."""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

TRACKING = re.compile(
    r"(utm|mtm|pk|piwik|hsa|oly|vero|ns|at|xtor|wt|guce)[_.-]\w+"
    r"|(fb|g|dc|ms|tw|tt|y|li_fat_|irc)clid|li_fat_id|gclsrc|[gw]braid|srsltid|mc_[ce]id|_hs(enc|mi|fp|tc)|mkt_tok"
    r"|igsh(id)?|ref_(src|url)|ocid|cmpid|s_cid|smid|smtyp|xtor|guccounter|__twitter_impression|spm|cmp|icid|_ga|_gl",
    re.IGNORECASE,
)
"""Parameters that say how a reader came to a page, and not which page it is."""

ROUTE = re.compile(r"[!/{]|%7B", re.IGNORECASE)
"""How fragments begin that name a page and no place in it, as of applications and of courts' databases."""

COPY_OF = re.compile(r"/(https?):/{1,2}(?=[^/])", re.IGNORECASE)
"""Where the address of a page begins in that of an archive's copy of it. Some browsers write one slash for two."""

_UNDATED_COPY = re.compile(r"/web/[0-9*]{1,14}([a-z]{2}_)?/(?=[a-z0-9-]+\.)", re.IGNORECASE)
"""The Wayback Machine takes addresses without a scheme, too."""

ALIASES = {
    "dx.doi.org": "doi.org",
    **dict.fromkeys(
        ("archive.ph", "archive.is", "archive.li", "archive.vn", "archive.fo", "archive.md"), "archive.today"
    ),
}
"""Hosts that are other names of one."""

PORTS = {None, 80, 443}

_UNRESERVED = "!$&'()*+,;=:@/-._~"


def page_of(address: str) -> str:
    """The address without what does not name a page: the scheme, `www.`, the letters' case of the host, a default port,
    tracking parameters and their order, a fragment, a slash at the end. An address that cannot be taken apart stays as
    it is."""
    try:
        parts = urlsplit(address.strip())
        port = "" if parts.port in PORTS else f":{parts.port}"
    except ValueError:
        return address.strip()
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    path = _same_codes(parts.path).rstrip("/")
    query = f"?{named}" if (named := _naming(parts.query)) else ""
    fragment = f"#{_same_codes(parts.fragment)}" if ROUTE.match(parts.fragment) else ""
    return f"{ALIASES.get(host, host)}{port}{path}{query}{fragment}"


def pages_of(address: str) -> frozenset[str]:
    """The page of an address and, where that is an archive's copy, the page that was copied."""
    address = address.strip()
    copied = {page_of(address)}
    if inner := _original(address):
        copied |= pages_of(inner)
    return frozenset(copied)


def _original(address: str) -> str | None:
    """The address of the page that an archive's copy is of; None for another address."""
    scheme, mark, rest = address.partition("://")
    path = rest.partition("?")[0] if mark else ""
    if match := COPY_OF.search(path):
        return f"{match[1]}://{rest[match.end() :]}"
    if match := _UNDATED_COPY.search(path):
        return f"{scheme}://{rest[match.end() :]}"
    return None


def _naming(query: str) -> str:
    """The parameters that name the page, sorted."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted(pair for pair in pairs if not TRACKING.fullmatch(pair[0])))


def _same_codes(text: str) -> str:
    """Percent signs only where they are needed: `%7E` and `~` are the same."""
    return quote(unquote(text), safe=_UNRESERVED)

"""The text of pages in HTML and of plain files."""

from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import html_to_unicode

# Elements that a browser sets apart from what stands around them. All others are parts of a line: their text reads on.
_BLOCKS = frozenset(
    """address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr iframe input legend li main
    menu nav noscript object ol optgroup option p pre search section select summary table tbody td textarea tfoot th
    thead title tr ul video""".split()
)
_UNSEEN = ["script", "style", "template"]


def markup_text(data: bytes, content_type: str) -> str:
    """The text of a page, all of it: also notes, captions and what is folded. Blocks stand on lines of their own."""
    tree = LexborHTMLParser(decoded(data, content_type))
    tree.strip_tags(_UNSEEN, recursive=True)
    for node in tree.css(",".join(_BLOCKS)):
        node.insert_before("\n")
        # The block that follows, or the one that ends here too, has its own: a million marks are much memory.
        neighbour = node.next or node.parent
        if neighbour is None or neighbour.tag not in _BLOCKS:
            node.insert_after("\n")
    return (tree.body or tree.root).text(separator="") if tree.root else ""


def decoded(data: bytes, content_type: str) -> str:
    """The text of bytes as a browser decodes them: by their mark, the header, what the page says of itself; else as
    UTF-8 if they are, and Windows-1252 if not."""
    return html_to_unicode(content_type, data, auto_detect_fun=_guess)[1]


def _guess(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"

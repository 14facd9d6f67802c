"""Texts as people, keyboards and clipboards may send them: half of them nearly commands, others nothing of the kind."""

from hypothesis import strategies as st

from bot.core.commands.verbs import VERBS_BY_WORD
from tests.load.hostile_texts import CHARS_MAX, PIECES
from tests.render.hostile import TEXTS

NAMES = (
    "legal", "rights", "guatemala", "el-salvador-offer", "uk rwanda", "guatemala/legal", "Legal considerations",
    "the legal section", "legal and rights", "@0123abcd", "all", "none", "prisons", "tag:prisons", "kind:correction",
    "-section:legal", "deliver:digest", "share", "#1", "0", "off", "now", "preview", "for:7d", "until:friday",
    "since:yesterday", "last week", "skip:20",
)  # fmt: skip
TIMES = (
    "daily", "weekdays", "mon-fri", "weekly monday", "8", "8:30", "08：30", "25:99", "8am", "noon", "CET", "GMT+1",
    "Europe/Berlin", "münchen", "2025-02-03", "31.02.2025", "9999-12-31", "0000-00-00", "for 99999999999 days",
    "١٢:٣٠", "²", "-1", "1e999", "NaN", "٣", "since:99999999d",
)  # fmt: skip
MARKUP = (
    "<@U1|ann>", "<@U2>", "<@W012AB3CD>", "<#C1|general>", "<#C2>", "<!channel>", "<!here|here>", "<!subteam^S1|@x>",
    "<!date^1^{date}|x>", "<https://example.org/?a=b&amp;c=d|x>", "<mailto:a@b.example>", "&amp;", "&lt;b&gt;",
    "&amp;lt;",
)  # fmt: skip
MARKS = (
    "“", "”", "«", "'", "`", "*", "_", "~", "?", "!", ".", ":", ",", "—", "-", "/", "\u200b", "\u200f", "\u202e",
    "\u2066", "\ufe0f", "\u00ad", "\u0301", "\u0489", "\n", "\t", "\r", "\u2028", "\u00a0", "\x00", "\ud83d", "\udc00",
    "⚖️", ":scales:", "👨‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\U000e0041", "\U0010ffff", "\ufdfa", "ß", "ǰ", "İ", "ﬁ",
)  # fmt: skip

ANY = st.text(st.characters(exclude_categories=[]), max_size=20)
WORDS = st.sampled_from([*NAMES, *TIMES, *MARKUP, *TEXTS, *PIECES.values(), "hello", "thanks", "zebra"]) | ANY
PARTS = st.builds(
    lambda left, word, right: f"{left}{word}{right}",
    *[st.sampled_from(["", *MARKS]), WORDS, st.sampled_from(["", *MARKS])],
)
VERBS = st.sampled_from(["", *VERBS_BY_WORD, "subscibe", "pleas", "/brief", "@briefbot"])
REPEATS = st.sampled_from([*[1] * 12, 5, 60, 8000])


def wild_texts() -> st.SearchStrategy[str]:
    """Texts of 0 to 40,000 characters, all planes, NUL and single surrogates among them."""

    def text(verb: str, parts: list[str], joint: str, repeats: int) -> str:
        return f"{verb} {joint.join(parts * repeats)}"[:CHARS_MAX]

    return st.builds(text, VERBS, st.lists(PARTS, max_size=5), st.sampled_from([" ", " ", " ", "", "\n"]), REPEATS)

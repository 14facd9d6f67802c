"""Where a text quotes somebody, or has something in brackets: a quotation that is cut in two may say the opposite."""

from collections.abc import Iterator, Sequence

from bot.render.changes.word_splitting import Word

_CLOSERS = {
    "“": "”",
    "„": "“”",
    "”": "”",
    '"': '"',
    "«": "»",
    "»": "«",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    "《": "》",
}
"""Opening quotation marks and what closes them, in English, German, French, Swedish, Chinese and Japanese."""

_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］"}


def quoted_ranges(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """(index of the opening mark, index behind the closing one) of each quotation that is closed, in order. A quotation
    within another belongs to it."""
    start: int | None = None
    for index, word in enumerate(words):
        if word.kind != "mark":
            continue
        if start is not None and word.text in _CLOSERS[words[start].text]:
            yield start, index + 1
            start = None
        elif start is None and word.text in _CLOSERS:
            start = index


def bracketed_ranges(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """(index of the opening bracket, index behind the closing one) of what stands in brackets that are closed, in
    order. Brackets within others belong to them."""
    opened: list[int] = []
    for index, word in enumerate(words):
        if word.text in _BRACKETS:
            opened.append(index)
        elif opened and word.text == _BRACKETS[words[opened[-1]].text]:
            start = opened.pop()
            if not opened:
                yield start, index + 1

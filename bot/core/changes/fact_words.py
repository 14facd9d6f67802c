"""The words by which facts are recognised in a text: numbers, units, months, and capitals that make no name."""

from collections.abc import Mapping

_WORDS_BY_NUMBER = (
    *("zero", "one first once", "two second", "three third thirds", "four fourth", "five fifth fifths", "six sixth"),
    *("seven seventh", "eight eighth", "nine ninth", "ten tenth tenths", "eleven eleventh", "twelve twelfth dozen"),
    *("thirteen thirteenth", "fourteen fourteenth", "fifteen fifteenth", "sixteen sixteenth"),
    *("seventeen seventeenth", "eighteen eighteenth", "nineteen nineteenth"),
)
_WORDS_BY_TEN = (
    *("", "", "twenty twentieth", "thirty thirtieth", "forty fortieth", "fifty fiftieth", "sixty sixtieth"),
    *("seventy seventieth", "eighty eightieth", "ninety ninetieth"),
)
_TENS = {word: 10 * ten for ten, words in enumerate(_WORDS_BY_TEN) for word in words.split()}
_ONES = {word: number for number, words in enumerate(_WORDS_BY_NUMBER) for word in words.split()}

NUMBERS: Mapping[str, int] = {**_ONES, **_TENS}
"""Number words up to 99, cardinal and ordinal; `twenty-one` is written with two of them."""

NUMBER_WORD = f"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES)})\\b)?|{'|'.join(sorted(_ONES, key=len, reverse=True))}"
"""A pattern for them."""

RATIO = (
    r"half|halves|halv(?:ed|es|ing)|quarters?|twice|thrice|doubl(?:ed?|es|ing)|tripl(?:ed?|es|ing)"
    r"|quadrupl(?:ed?|es|ing)"
)
"""A pattern for words that are figures although they contain no number."""

_EXPONENTS = {
    2: "hundred",
    3: "thousand k",
    5: "lakh",
    6: "million m mn",
    7: "crore",
    9: "billion bn",
    12: "trillion tn",
}
SCALES: Mapping[str, int] = {word: 10**exponent for exponent, words in _EXPONENTS.items() for word in words.split()}
SCALE = "hundred|thousand|lakh|million|crore|billion|trillion"
SHORT_SCALE = "mn|bn|tn|m|k"
"""Scales by their words, patterns for the words, and for the abbreviations, which stand directly behind a figure."""

VULGAR_FRACTION = "[¼-¾⅐-⅞]"

MEASURE = (
    r"(?:second|minute|hour|day|week|month|year|decade|met(?:re|er)|kilomet(?:re|er)|mile|acre|hectare|ton|tonne"
    r"|kilo|kilogram|gram|lit(?:re|er)|gallon|barrel|ounce|yard|knot|watt|degree)s?|centur(?:y|ies)|inch(?:es)?|feet|foot"
    r"|[mµ]g|[cmnµ]m|[cm]l|k[gm]s?|km/h|ha|[kmgt]?w|[kmgt]wh|[kmgt]b|[kmg]?hz|mph|°[cf]?|oz|lbs?"
)
"""A pattern for units of measurement, which belong to the figure before them."""

UNITS: Mapping[str, str] = {
    r"\$|\bdollars?\b": "$",
    r"£|\bpounds?\b": "£",
    r"€|\beuros?\b": "€",
    r"¥|\byen\b": "¥",
    r"₹|\brupees?\b": "₹",
    r"[%٪％]|\bper ?cent\b": "%",
    r"\bbasis points?\b": "basis points",
    r"\b(?:percentage )?points?\b": "points",
    r"°": "°",
    r"¢|\bcents?\b": "¢",
    r"₩": "₩",
    r"₽|\broubles?\b": "₽",
    r"₪|\bshekels?\b": "₪",
    r"฿|\bbaht\b": "฿",
    r"\bfrancs?\b": "francs",
    r"\bpesos?\b": "pesos",
    r"\byuan\b": "yuan",
    r"\bdinars?\b": "dinars",
    r"\brials?\b": "rials",
    r"\blira\b": "lira",
    r"\bkron(?:a|or|e|er)\b": "kronor",
    r"‰": "‰",
}
"""Currencies and per cent: one word for each pattern."""

CJK_NUMERALS = "〇零一二三四五六七八九十百千万萬億亿兆"
CJK_COUNTERS = "年月日号號点點时時分秒人名個个元円圓歳岁票件条條度次"
"""A single numeral is a figure only before a counter: it is part of many other words."""

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
MONTHS: Mapping[str, int] = {
    name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
"""A pattern for months, and their numbers by their first three letters."""

MONTH_NAMES = frozenset("january february march april june july august september october november december".split())
"""Those that can be misspelt: `may` is another word."""

WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"

ABBREVIATIONS = frozenset("mr mrs ms dr st prof gen sen rep gov no jr sr lt col sgt capt hon inc ltd co vs art".split())
"""Behind their full stop no sentence begins."""

FUNCTION_WORDS = frozenset(
    (
        "a an the and or but nor of in on at to by for from with as is are was were be been being has have had he she"
        " it they we i you his her hers its their theirs our ours my your him them us me this that these those"
        " there here what when where who whom whose which why how if then than so yes no not never none all any both"
        " each some such into over under after before about against between during without within through until since"
        " while because although though however will would can could may might must shall should do does did also only"
    ).split()
)
"""Words that are no name although they have a capital letter, as in headings and at the beginning of quotations, and
that say nothing of what a sentence is about."""

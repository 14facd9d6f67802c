"""From events to what people asked: who is answered, and with which words of theirs."""

import re
from dataclasses import dataclass
from hashlib import sha256

from bot.core.commands.greetings import asks_nothing
from bot.handlers.ports import Caller
from bot.render.document.mrkdwn import unescape
from bot.slack.callers import Payload, caller_of_event

PERSONAL_SUBTYPES = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Subtypes of what people write; every other is an edit, a deletion, a bot's post or a notice of Slack's. Source:
docs.slack.dev, message event."""

KEY_MAX, WHERE_MAX = 64, 31
"""Characters of a key in the database, and of what stands in it before the longest `ts` that there can be."""

NOT_PERSONS = frozenset({None, "", "USLACKBOT"})

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Postgres stores no NUL, and no database half a surrogate pair."""

_ADDRESS_END = re.compile(r"^(?:\s*(?::(?![\w+'-]+:)|[,;.!]|[-–—](?=\s)))+")
"""The colon, comma or dash behind a name; no emoji code (`:scales:`), and no option (`-h`)."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked the bot, without its mention. `ts` is that of the message, `edited` says that the event is of
    a later version of it."""

    text: str
    caller: Caller
    ts: str
    edited: bool

    @property
    def key(self) -> str:
        """The same for all versions of a message, whatever events carry them, and for no other message."""
        where = f"{self.caller.team}/{self.caller.channel}"
        if len(where) + 1 + len(self.ts) > KEY_MAX:
            where = sha256(where.encode()).hexdigest()[:WHERE_MAX]
        return f"{where}/{self.ts}"


def question_of(body: Payload, bot_user: str) -> Question | None:
    """The question of an `app_mention` or `message` event; None where nobody is to be answered: it is of a bot, a
    workflow or Slack itself, an edit, a message in a channel that does not mention the bot, or a file without words.
    """
    event = body["event"]
    if not (is_by_person(event, bot_user) and is_to_bot(event) and event.get("text")):
        return None
    caller = caller_of_event(body)
    return Question(spoken(event["text"], bot_user), caller, str(event["ts"]), "edited" in event)


def is_by_person(event: Payload, bot_user: str) -> bool:
    """Whether a person wrote the message of an event. Bots are never answered: two of them would go on for ever."""
    by_bot = event.get("bot_id") or event.get("bot_profile")
    author = event.get("user")
    return not by_bot and author not in NOT_PERSONS | {bot_user} and event.get("subtype") in PERSONAL_SUBTYPES


def is_to_bot(event: Payload) -> bool:
    """Whether an event is a mention of the bot or a direct message to it."""
    return event["type"] == "app_mention" or event.get("channel_type") == "im"


def typed(text: str | None) -> str:
    """Text of Slack's as it was typed: unescaped, and without what no database stores."""
    return _UNSTORABLE.sub("", unescape(text or ""))


def spoken(text: str, bot_user: str) -> str:
    """The question in a text that may mention the bot: what stands behind the first mention, unless that is nothing or
    a courtesy; then what stands before it. The text is Slack's, the result as it was typed."""
    if "<@" not in text:
        return typed(text).strip()
    before, *behind = re.split(rf"<@{re.escape(bot_user)}(?:\|[^>]*)?>", text)
    if not behind:
        return typed(text).strip()
    opening, *parts = (_ADDRESS_END.sub("", typed(part)).strip() for part in (before, *behind))
    question = " ".join(filter(None, parts))
    return opening if opening and asks_nothing(question) else question

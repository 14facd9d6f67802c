"""The table of verbs: one row holds what parsing, help and usage need."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.commands import subscription_parsers, verb_parsers
from bot.core.commands.command import Command
from bot.core.commands.digest_parser import parse_digest
from bot.core.commands.name_index import NameIndex
from bot.core.commands.report_parser import parse_report

ASK_USAGE = "[section] [brief] [quotes|all] [@revision] [share]"


@dataclass(frozen=True, slots=True)
class Verb:
    """`usage` is what to type, e.g. `list [tag:<tag>]`; `parser` gets the verb's name, the words behind it and the
    names of the corpus. `synonyms` are typed in full, and are as good as the name. A verb that changes state is never
    matched by a prefix."""

    name: str
    usage: str
    summary: str
    parser: Callable[[str, list[str], NameIndex], Command]
    changes_state: bool = False
    synonyms: tuple[str, ...] = ()

    def parse(self, words: list[str], names: NameIndex) -> Command:
        """The command that the words behind the verb ask for."""
        return self.parser(self.name, words, names)


# In the order of the help.
VERBS = (
    Verb(
        "search",
        "search <words>",
        "find claims that contain these words",
        verb_parsers.parse_search,
        synonyms=("find",),
    ),
    Verb("list", "list [tag:<tag>]", "all briefs", verb_parsers.parse_list, synonyms=("briefs",)),
    Verb("sources", "sources [brief]", "every source of a brief, and its caveats", verb_parsers.parse_sources),
    Verb(
        "verify",
        "verify [brief|answer id]",
        "whether the quotes of an answer still stand on their pages",
        verb_parsers.parse_verify,
    ),
    Verb(
        "help",
        "help [verb]",
        "how to ask",
        verb_parsers.parse_help,
        synonyms=("?", "-h", "--help", "help me", "hilfe", "usage"),
    ),
    Verb(
        "changes",
        "changes [brief] [since:7d]",
        "what changed lately",
        verb_parsers.parse_changes,
        synonyms=(
            "news",
            "latest",
            "what's new",
            "whats new",
            "what changed",
            "any changes",
            "any news",
            "changelog",
            "updates",
            "today",
        ),
    ),
    Verb(
        "subscriptions",
        "subscriptions [all]",
        "what this channel follows, or all channels",
        subscription_parsers.parse_subscriptions,
        synonyms=("following", "what do we follow", "what do i follow", "what does this channel follow"),
    ),
    Verb("status", "status", "what is published, and what is still to be posted", verb_parsers.parse_status),
    Verb(
        "subscribe",
        "subscribe <target> [[-]kind:…] [[-]section:…] [[-]tag:…] [deliver:channel|thread|digest]",
        "post here what changes in all briefs, a brief, brief/section or tag:…",
        subscription_parsers.parse_subscribe,
        changes_state=True,
        synonyms=("follow", "watch", "sub"),
    ),
    Verb(
        "unsubscribe",
        "unsubscribe <target|#n>",
        "stop following",
        subscription_parsers.parse_unsubscribe,
        changes_state=True,
        synonyms=("unfollow", "unwatch", "unsub", "stop", "cancel"),
    ),
    Verb(
        "mute",
        "mute <target|#n> [for:7d|until:friday]",
        "pause a subscription",
        subscription_parsers.parse_mute,
        changes_state=True,
    ),
    Verb(
        "unmute",
        "unmute <target|#n>",
        "post again what was muted",
        subscription_parsers.parse_unmute,
        changes_state=True,
        synonyms=("unpause", "resume"),
    ),
    Verb(
        "use",
        "use <brief>|none",
        "the brief that answers in this channel by default",
        verb_parsers.parse_use,
        changes_state=True,
    ),
    Verb(
        "digest",
        "digest (daily|weekdays|weekly <day>) HH:MM [IANA zone] | off [number] | preview | now | show <number>",
        "a daily or weekly summary of what changed",
        parse_digest,
        changes_state=True,
    ),
    Verb(
        "report",
        "report [brief[/section]]",
        "tell the maintainers of a mistake, and hear when it is mended",
        parse_report,
        changes_state=True,
    ),
)
VERBS_BY_NAME = {verb.name: verb for verb in VERBS}
VERBS_BY_WORD = {word: verb for verb in VERBS for word in (verb.name, *verb.synonyms)}

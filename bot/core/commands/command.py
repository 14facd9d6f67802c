"""What can be typed, as a table, and what it asks for, as values."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.subscriptions.subscription import SubscriptionSpec, Target


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of the table from which parsing, help and usage come."""

    name: str
    usage: str
    summary: str
    changes_state: bool = False


VERBS: tuple[Verb, ...] = (
    Verb("search", "search <words>", "claims that hold these words"),
    Verb("list", "list [tag:<tag>]", "all briefs"),
    Verb("sources", "sources [brief]", "every source of a brief, and its caveats"),
    Verb("help", "help [verb]", "how to ask"),
    Verb("changes", "changes [brief] [since:7d]", "what changed lately"),
    Verb("subscriptions", "subscriptions [all]", "what this channel follows, or all channels"),
    Verb("status", "status", "what is published, and what is still to be posted"),
    Verb(
        "subscribe",
        "subscribe <target> [[-]kind:…] [[-]section:…] [[-]tag:…] [deliver:channel|thread|digest]",
        "post here what changes in all briefs, a brief, brief/section or tag:…",
        changes_state=True,
    ),
    Verb("unsubscribe", "unsubscribe <target|#n>", "stop following", changes_state=True),
    Verb("mute", "mute <target|#n> [for:7d]", "post nothing of it for a time", changes_state=True),
    Verb(
        "use",
        "use <brief>|none",
        "the brief that answers in this channel by default",
        changes_state=True,
    ),
    Verb(
        "digest",
        "digest (daily|weekdays|weekly <day>) HH:MM [IANA zone] | off [#n] | preview | now",
        "what changed of all that is followed with deliver:digest, at a time of day",
        changes_state=True,
    ),
)
VERBS_BY_NAME: dict[str, Verb] = {verb.name: verb for verb in VERBS}
SHARE = "share"
RESERVED = frozenset({*VERBS_BY_NAME, SHARE, "all", "none"})
"""Words that mean something else than a brief or a section wherever they stand."""
ASK_USAGE = "[section] [brief] [@revision] [share]"


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Nothing was typed."""


@dataclass(frozen=True, slots=True)
class Show:
    """One section of one brief; None means the default of either. `revision` is 8 hex digits."""

    section: str | None = None
    brief: str | None = None
    revision: str | None = None
    share: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Free words, within one section where one was named."""

    words: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ListBriefs:
    """All published briefs, or those with a tag."""

    tag: str | None = None


@dataclass(frozen=True, slots=True)
class ShowSources:
    """Every source of one brief; None means the default one."""

    brief: str | None = None


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """The usage of all verbs, or of one. `reason` says what was wrong with what was typed, where something was."""

    verb: str | None = None
    reason: str | None = None
    attempt: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Two revisions of a brief, of 8 hex digits; None where it was not there yet, or is there no more."""

    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """What changed: of all briefs or one, since some time or day, or between two revisions of one."""

    brief: str | None = None
    since: timedelta | date | None = None
    between: Range | None = None


@dataclass(frozen=True, slots=True)
class Subscribe:
    """This channel is to follow something."""

    spec: SubscriptionSpec


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """A target, or the number of a subscription."""

    target_or_id: Target | int


@dataclass(frozen=True, slots=True)
class Mute:
    """Post nothing of a subscription for a time."""

    target_or_id: Target | int
    duration: timedelta


@dataclass(frozen=True, slots=True)
class SetDefaultBrief:
    """This channel's default brief; None for none."""

    brief: str | None


@dataclass(frozen=True, slots=True)
class ShowSubscriptions:
    """Of this channel, or of the whole workspace."""

    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """How the bot is doing in this workspace."""


@dataclass(frozen=True, slots=True)
class ShowDigests:
    """When this channel's digests are due, and a way to set one."""


@dataclass(frozen=True, slots=True)
class SetDigest:
    """This channel is to have a digest at these times."""

    spec: ScheduleSpec


@dataclass(frozen=True, slots=True)
class EndDigests:
    """No digest here any more; of several only the one of this number, where one is named."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewDigest:
    """What the next digest would say."""


@dataclass(frozen=True, slots=True)
class SendDigest:
    """A digest now, of everything since the last one."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several meanings; `options` are commands without the slash command's name."""

    typed: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """One word is no name but nearly one; `options` are whole commands, best first. `why` says what it is not, where
    that is neither section, brief nor command."""

    word: str
    typed: str
    options: tuple[str, ...]
    why: str | None = None


ContentQuery = ShowHome | Show | Search | ListBriefs | ShowSources | ShowHelp | Ambiguous | DidYouMean
"""What is answered from the briefs alone."""

StoreQuery = ShowChanges | ShowSubscriptions | ShowStatus | ShowDigests | PreviewDigest
"""What only reads the database."""

StoreChange = Subscribe | Unsubscribe | Mute | SetDefaultBrief | SetDigest | EndDigests | SendDigest
"""What changes what channels follow and hear."""

StoreCommand = StoreQuery | StoreChange
"""What needs the database."""

Command = ContentQuery | StoreCommand

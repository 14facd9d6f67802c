"""What readers can ask for, as values. `str` of a command is what to type for it, without the slash command's name."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.core.commands.day_words import Since, Until
from bot.core.commands.digest_commands import EndDigests, PreviewDigest, SendDigest, SetDigest, ShowDigest, ShowDigests
from bot.core.commands.quote_commands import ShowQuotes
from bot.core.commands.report_commands import EditBrief, ReportMistake
from bot.core.commands.subscription_commands import EndSubscriptions, ShowObjects, ShowSubscription, Unmute, reference
from bot.core.commands.time_words import duration_text
from bot.core.commands.undo_commands import Undo
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

SHARE = "share"
Courtesy = Literal["thanks", "hello", "ok", "welcome"]
View = Literal["all", "quotes", "fold"]
ExportFormat = Literal["markdown", "csl-json"]
MUTE_DEFAULT = timedelta(days=7)


def _join(*words: object) -> str:
    return " ".join(str(word) for word in words if word)


def _time(time: Since | Until) -> str:
    return duration_text(time) if isinstance(time, timedelta) else str(time)


# Answered from the briefs alone


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Nothing was typed."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Show:
    """One section of one brief; None means the default of either. `revision` is 8 hex digits; `name` is the name by
    which the brief was meant where neither its slug nor its title shows that. `view` is what is shown beside the
    claims in the open: all claims, or all with their quotes."""

    section: str | None = None
    brief: str | None = None
    revision: str | None = None
    share: bool = False
    name: str | None = None
    view: Literal["all", "quotes"] | None = None

    def __str__(self) -> str:
        return _join(self.section, self.brief, self.revision and f"@{self.revision}", self.view, self.share and SHARE)


@dataclass(frozen=True, slots=True)
class Search:
    """Free words, as typed; `section` is the key of the section whose claims come first, `brief` the slug of the only
    brief that is searched: both stand among the words. None: there is none."""

    words: str
    section: str | None = None
    brief: str | None = None

    def __str__(self) -> str:
        return _join("search", self.words)


@dataclass(frozen=True, slots=True)
class ListBriefs:
    """The published briefs with a tag; None means all."""

    tag: str | None = None

    def __str__(self) -> str:
        return _join("list", self.tag and f"tag:{self.tag}")


@dataclass(frozen=True, slots=True)
class ShowSources:
    """Every source of one brief; None means the default one."""

    brief: str | None = None

    def __str__(self) -> str:
        return _join("sources", self.brief)


@dataclass(frozen=True, slots=True)
class ShowExport:
    """One section of a brief, by key and slug, as text for another program. Only a window holds it: what to type shows
    the section."""

    section: str
    brief: str
    format: ExportFormat = "markdown"

    def __str__(self) -> str:
        return _join(self.section, self.brief)


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """The usage of one verb, None means all. `reason` says what was wrong with what was typed (`attempt`); both are
    None where help was asked for."""

    verb: str | None = None
    reason: str | None = None
    attempt: str | None = None

    def __str__(self) -> str:
        return self.attempt if self.attempt is not None else _join("help", self.verb)


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """What was typed has several meanings: `options` are at least two whole commands, in display order. `why` says what
    is open, None where the options do."""

    typed: str
    options: "tuple[Command, ...]"
    why: str | None = None

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class DidYouMean:
    """One word is not a name but nearly one; `options` are whole commands, best first. `why` says what it is not, where
    that is neither section, brief nor command."""

    word: str
    typed: str
    options: "tuple[Command, ...]"
    why: str | None = None

    def __str__(self) -> str:
        return self.typed


@dataclass(frozen=True, slots=True)
class Greet:
    """Somebody said hello, thanks or that it is well, and asked for nothing; `welcome`: the bot speaks first."""

    courtesy: Courtesy = "hello"

    def __str__(self) -> str:
        return self.courtesy


@dataclass(frozen=True, slots=True)
class ShareAbove:
    """The word `share` alone: in a thread it means the answer above."""

    def __str__(self) -> str:
        return SHARE


# Read from the store


@dataclass(frozen=True, slots=True)
class Range:
    """Two revisions of a brief, of 8 hex digits; None where it was not there yet, or is there no more."""

    before: str | None
    after: str | None

    def __str__(self) -> str:
        return f"@{self.before or ''}..{self.after or ''}"


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """What changed. `brief` is a slug, None for all briefs; `since` a time back from now, a first day (UTC) or the name
    of one, None for no limit; `between` names two revisions of the brief, whose difference is then shown instead of a
    list; `skip` is the number of the newest entries that the list leaves out, at least 1, None for none."""

    brief: str | None = None
    since: Since | None = None
    between: Range | None = None
    skip: int | None = None

    def __str__(self) -> str:
        since = self.since and f"since:{_time(self.since)}"
        skip = self.skip and f"skip:{self.skip}"
        return _join("changes", self.brief, self.between, since, skip)


@dataclass(frozen=True, slots=True)
class ShowSubscriptions:
    """Of this channel, or of the whole workspace."""

    everywhere: bool = False

    def __str__(self) -> str:
        return _join("subscriptions", self.everywhere and "all")


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """What is published, and what is still to be posted in this workspace."""

    def __str__(self) -> str:
        return "status"


# Change what channels follow and hear


@dataclass(frozen=True, slots=True)
class Subscribe:
    """This channel is to follow something."""

    spec: SubscriptionSpec

    def __str__(self) -> str:
        return _join("subscribe", self.spec)


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Ends a subscription: by its target, or by its number."""

    target_or_id: Target | int

    def __str__(self) -> str:
        return _join("unsubscribe", reference(self.target_or_id))


@dataclass(frozen=True, slots=True)
class Mute:
    """Post nothing of a subscription, named by its target or its number (`#3`), for a time from now on, or until a day
    begins in the time zone of whoever asks."""

    target_or_id: Target | int
    until: Until

    def __str__(self) -> str:
        preposition = "for" if isinstance(self.until, timedelta) else "until"
        time = f"{preposition}:{_time(self.until)}" if self.until != MUTE_DEFAULT else ""
        return _join("mute", reference(self.target_or_id), time)


@dataclass(frozen=True, slots=True)
class SetDefaultBrief:
    """The brief that answers in this channel where none is named; None ends the choice."""

    brief: str | None = None

    def __str__(self) -> str:
        return _join("use", self.brief or "none")


ContentQuery = (
    ShowHome
    | Show
    | Search
    | ListBriefs
    | ShowSources
    | ShowExport
    | ShowQuotes
    | ShowHelp
    | Ambiguous
    | DidYouMean
    | Greet
    | ShareAbove
)
"""What is answered from the briefs alone."""

StoreQuery = (
    ShowChanges
    | ShowSubscriptions
    | ShowSubscription
    | ShowObjects
    | ShowStatus
    | ShowDigests
    | PreviewDigest
    | ShowDigest
    | ReportMistake
    | EditBrief
)
"""What only reads the database, and forms, which change something once they are submitted."""

SubscriptionChange = Subscribe | Unsubscribe | EndSubscriptions | Mute | Unmute
StoreChange = SubscriptionChange | SetDefaultBrief | SetDigest | EndDigests | SendDigest | Undo
"""What changes what channels follow and hear."""

StoreCommand = StoreQuery | StoreChange
"""What needs the database."""

Command = ContentQuery | StoreCommand

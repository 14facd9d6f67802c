"""What readers can ask for, as values. `str` of a command is what to type for it, without the slash command's name."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.commands.schedule_arguments import ScheduleSpec
from bot.core.commands.subscription_commands import EndSubscriptions, ShowObjects, ShowSubscription, Unmute, reference
from bot.core.commands.undo_commands import Undo
from bot.core.subscriptions.subscription import SubscriptionSpec, Target

SHARE = "share"
MUTE_DEFAULT = timedelta(days=7)


def _join(*words: object) -> str:
    return " ".join(str(word) for word in words if word)


def _duration(duration: timedelta) -> str:
    hours = duration // timedelta(hours=1)
    return f"{hours}h" if hours % 24 else f"{hours // 24}d"


# Answered from the briefs alone


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Nothing was typed."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Show:
    """One section of one brief; None means the default of either. `revision` is 8 hex digits; `name` is the name by
    which the brief was meant where neither its slug nor its title shows that."""

    section: str | None = None
    brief: str | None = None
    revision: str | None = None
    share: bool = False
    name: str | None = None

    def __str__(self) -> str:
        return _join(self.section, self.brief, self.revision and f"@{self.revision}", self.share and SHARE)


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
    """What was typed has several meanings: `options` are at least two whole commands, in display order."""

    typed: str
    options: "tuple[Command, ...]"

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
    """What changed. `brief` is a slug, None for all briefs; `since` a time back from now or a first day (UTC), None for
    no limit; `between` names two revisions of the brief, whose difference is then shown instead of a list; `skip` is
    the number of the newest entries that the list leaves out, at least 1, None for none."""

    brief: str | None = None
    since: timedelta | date | None = None
    between: Range | None = None
    skip: int | None = None

    def __str__(self) -> str:
        since = _duration(self.since) if isinstance(self.since, timedelta) else self.since
        skip = self.skip and f"skip:{self.skip}"
        return _join("changes", self.brief, self.between, since and f"since:{since}", skip)


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


@dataclass(frozen=True, slots=True)
class ShowDigests:
    """When this channel's digests are due, and a way to set one."""

    def __str__(self) -> str:
        return "digest"


@dataclass(frozen=True, slots=True)
class PreviewDigest:
    """What the next digest would say."""

    def __str__(self) -> str:
        return "digest preview"


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
    """Post nothing of a subscription, named by its target or its number (`#3`), for `duration` from now on."""

    target_or_id: Target | int
    duration: timedelta

    def __str__(self) -> str:
        duration = f"for:{_duration(self.duration)}" if self.duration != MUTE_DEFAULT else ""
        return _join("mute", reference(self.target_or_id), duration)


@dataclass(frozen=True, slots=True)
class SetDefaultBrief:
    """The brief that answers in this channel where none is named; None ends the choice."""

    brief: str | None = None

    def __str__(self) -> str:
        return _join("use", self.brief or "none")


@dataclass(frozen=True, slots=True)
class SetDigest:
    """This channel is to have a digest at these times."""

    spec: ScheduleSpec

    def __str__(self) -> str:
        return _join("digest", self.spec)


@dataclass(frozen=True, slots=True)
class EndDigests:
    """Ends the digest with this number (`#3`); None means all digests of the channel."""

    number: int | None = None

    def __str__(self) -> str:
        return _join("digest off", self.number is not None and f"#{self.number}")


@dataclass(frozen=True, slots=True)
class SendDigest:
    """A digest now, of everything since the last one."""

    def __str__(self) -> str:
        return "digest now"


ContentQuery = ShowHome | Show | Search | ListBriefs | ShowSources | ShowHelp | Ambiguous | DidYouMean
"""What is answered from the briefs alone."""

StoreQuery = ShowChanges | ShowSubscriptions | ShowSubscription | ShowObjects | ShowStatus | ShowDigests | PreviewDigest
"""What only reads the database."""

SubscriptionChange = Subscribe | Unsubscribe | EndSubscriptions | Mute | Unmute
StoreChange = SubscriptionChange | SetDefaultBrief | SetDigest | EndDigests | SendDigest | Undo
"""What changes what channels follow and hear."""

StoreCommand = StoreQuery | StoreChange
"""What needs the database."""

Command = ContentQuery | StoreCommand

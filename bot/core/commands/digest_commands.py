"""Commands about the digests of a channel, as values."""

from dataclasses import dataclass
from typing import Literal

from bot.core.commands.schedule_arguments import ScheduleSpec


@dataclass(frozen=True, slots=True)
class ShowDigests:
    """When this channel's digests are due, and a way to set one."""

    def __str__(self) -> str:
        return "digest"


@dataclass(frozen=True, slots=True)
class PreviewDigest:
    """What the next digest would say, without the first items (`skip`, at least 1; None for all)."""

    skip: int | None = None

    def __str__(self) -> str:
        return f"digest preview{_skip(self.skip)}"


@dataclass(frozen=True, slots=True)
class ShowDigest:
    """All that the digest of this number tells, which was posted in this channel, without the first items (`skip`, at
    least 1; None for all)."""

    number: int
    skip: int | None = None

    def __str__(self) -> str:
        return f"digest show {self.number}{_skip(self.skip)}"


def _skip(items: int | None) -> str:
    return f" skip:{items}" if items else ""


@dataclass(frozen=True, slots=True)
class SetDigest:
    """This channel is to have a digest at these times. `existing` says what happens with those that it has: the digest
    of this number is changed, or another is added; None asks."""

    spec: ScheduleSpec
    existing: int | Literal["add"] | None = None

    def __str__(self) -> str:
        how = f"change {self.existing}" if isinstance(self.existing, int) else self.existing
        return " ".join(str(word) for word in ("digest", how, self.spec) if word)


@dataclass(frozen=True, slots=True)
class EndDigests:
    """Ends the digest with this number, or all digests of the channel; None means the only one, and asks where there
    are several. A number is typed without the `#` of subscriptions."""

    number: int | Literal["all"] | None = None

    def __str__(self) -> str:
        return f"digest off {self.number or ''}".strip()


@dataclass(frozen=True, slots=True)
class SendDigest:
    """A digest now, of everything since the last one."""

    def __str__(self) -> str:
        return "digest now"

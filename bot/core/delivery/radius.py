"""The blast radius of a publication: who would hear of it, and what was posted that it would change. No person is in
it: a direct message is only counted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A channel by Slack's ids. `channel` is None for direct messages, whose ids would name people: all of a workspace
    are one place."""

    team: str
    channel: str | None

    @classmethod
    def of(cls, team: str, channel: str) -> "Place":
        """The place of a conversation: a direct message has an id of its own, or that of the person."""
        return cls(team, None if channel.startswith(("D", "U", "W")) else channel)


@dataclass(frozen=True, slots=True)
class Audience:
    """A place that gets `posts`; `conversations` is 1 but for direct messages. `paused`: once it can be posted to."""

    place: Place
    posts: int
    conversations: int = 1
    paused: bool = False


@dataclass(frozen=True, slots=True)
class EditedPosts:
    """The earlier posts of a place that are edited, by the `ts` of each, in order; of direct messages only `number` is
    given. `notes` counts the replies that say what was corrected."""

    place: Place
    number: int
    notes: int
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """The next digest of a place, due at an instant (UTC) and shown in an IANA zone, tells of these briefs."""

    place: Place
    at: datetime
    zone: str
    briefs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Radius:
    """Who would hear of a publication. `subscriptions` counts those behind its posts and its digests. `remarks` are
    sentences on what it is counted from; where nobody can tell, `unknown` says why, and all else is empty."""

    subscriptions: int = 0
    audiences: tuple[Audience, ...] = ()
    edited: tuple[EditedPosts, ...] = ()
    digests: tuple[DigestEntry, ...] = ()
    remarks: tuple[str, ...] = ()
    unknown: str | None = None

    @property
    def channels(self) -> int:
        """How many conversations are posted to, or have a digest that tells of it; each once."""
        digests = {each.place for each in self.digests if each.place.channel} - {each.place for each in self.audiences}
        direct = sum(each.place.channel is None for each in self.digests)
        return sum(each.conversations for each in self.audiences) + len(digests) + direct

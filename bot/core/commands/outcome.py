"""Replies to the commands that need the store."""

from dataclasses import dataclass

from bot.core.briefs.file_place import FilePlace
from bot.core.changes.announcement import Announcement
from bot.core.changes.history import ChangeList
from bot.core.commands.command import Command
from bot.core.delivery.status import Status
from bot.core.digests.digest import Digest
from bot.core.digests.listing import ChannelStatus, DigestSchedules, SubscriptionList


@dataclass(frozen=True, slots=True)
class Announced:
    """The change was made and announced in the channel; no private reply."""


@dataclass(frozen=True, slots=True)
class CommandRejected:
    """Why it was not done, without capital and full stop, and what to do next, with backticks around what is to be
    typed. `people` are the user ids of those who can help. `typed` is to be quoted: None unless the words themselves
    are what is wrong, and empty until somebody shows the rejection. `options` are commands to try instead, best
    first; `ask` is the command that admins can be asked to allow, None where that is not offered."""

    reason: str
    advice: str
    people: tuple[str, ...] = ()
    typed: str | None = None
    options: tuple[Command, ...] = ()
    ask: Command | None = None


@dataclass(frozen=True, slots=True)
class EditLink:
    """Where the brief of a title is edited; the place has an address."""

    title: str
    place: FilePlace


Outcome = (
    ChangeList
    | Announcement
    | SubscriptionList
    | Status
    | ChannelStatus
    | DigestSchedules
    | Digest
    | Announced
    | CommandRejected
    | EditLink
)

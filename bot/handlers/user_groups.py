"""What one process remembers of user groups: who was in them when Slack said so last."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """The ids of the people in a user group, as of an instant."""

    people: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class UserGroups:
    """By (team id, group id). As many as operators name, in the workspaces that are served."""

    known: dict[tuple[str, str], KnownGroup] = field(default_factory=dict)

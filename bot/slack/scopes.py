"""What the bot asks of Slack, as the manifests do (a test compares)."""

REQUIRED = frozenset(
    "app_mentions:read channels:read chat:write chat:write.public commands groups:read im:history users:read".split()
)

OPTIONAL = frozenset("channels:history groups:history im:write usergroups:read".split())
"""Only to look whether a message arrived whose outcome is unknown."""

SOCKET_MODE = "connections:write"
"""Of the app-level token."""

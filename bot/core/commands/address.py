"""What people write before a command although it is no part of it: the command's own name, and the bot's."""

import re

BOT = "briefbot"
MENTION = f"@{BOT}"
"""How the bot is named in texts where a slash command does not work."""


def without_address(text: str, command: str) -> str:
    """A text without the names of the slash command (`/brief`) and of the bot at its beginning: whoever pastes
    `/brief legal` behind the command, or into a conversation with the bot, means `legal`."""
    names = "|".join(re.escape(name) for name in (command.lstrip("/"), BOT))
    # A blank has to follow, so that `briefs` and `brief-history` stay whole.
    return re.sub(rf"^(?:\s*[/@]?(?:{names})\s*[:,]?(?=\s|$))+", "", text, flags=re.IGNORECASE).strip()

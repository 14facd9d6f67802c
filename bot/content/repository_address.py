"""Where the repository of the briefs is, for those whose pages are asked for."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from bot.content.git_command import output
from bot.core.briefs.vocabulary import Vocabulary

_BEHIND_REPOSITORY = re.compile(r"/(-/)?(edit|_edit|blob|tree|src|raw)(/.*)?$")
# As git@example.org:owner/name.git.
_SCP = re.compile(r"(?:[^@/:]+@)?([^@/:]+):(?!/)(.+)")


def repository_address(directory: Path, vocabulary: Vocabulary) -> str | None:
    """The web address of the repository that holds a directory of briefs, without user names and passwords: by the
    `edit_url` of its `_store.yaml`, else by the remote `origin` of git. None if neither says."""
    if vocabulary.edit_url and vocabulary.edit_url.isascii():
        return _BEHIND_REPOSITORY.sub("", vocabulary.edit_url)
    return web_address(output(directory, "remote", "get-url", "origin") or "")


def web_address(remote: str) -> str | None:
    """The web address of a git remote; None for one that is a directory, or that a header cannot hold."""
    if not re.fullmatch("[!-~]+", remote):
        return None
    if "://" not in remote:
        match = _SCP.fullmatch(remote)
        return f"https://{match[1]}/{match[2].removesuffix('.git')}" if match else None
    parts = urlsplit(remote)
    if parts.scheme not in ("https", "http", "ssh", "git") or not parts.hostname:
        return None
    return f"https://{parts.hostname}{parts.path.removesuffix('.git')}"

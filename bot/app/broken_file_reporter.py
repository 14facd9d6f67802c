"""Reports broken and fixed brief files to the log, and to the maintainers' channel where there is one."""

import logging

from bot.content.watch import ReloadResult
from bot.core.linting.diagnostic import is_error
from bot.handlers.briefs.broken_files import report_broken_files
from bot.handlers.ports import SlackClient

logger = logging.getLogger(__name__)


class BrokenFileReporter:
    """`maintainers` is the team and channel id of the maintainers' channel."""

    def __init__(self, maintainers: tuple[str, str] | None, slack: SlackClient) -> None:
        self._maintainers, self._slack = maintainers, slack

    def report(self, result: ReloadResult) -> None:
        """Logs each error, and posts one message for the whole result."""
        for diagnostics in result.broken.values():
            for each in filter(is_error, diagnostics):
                logger.error("%s:%d:%d: %s %s", each.path, each.line, each.column, each.code, each.message)
        if self._maintainers is not None:
            report_broken_files(result.broken, result.fixed, *self._maintainers, self._slack)

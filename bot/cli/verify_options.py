"""The arguments of `briefbot verify`, apart from the command: they are parsed before its libraries are loaded."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.cli.formats import VERIFY_FORMATS, VerifyFormat

PAUSE_MAX_S = 600
HOSTS_MAX = 64
PORT_MAX = 65535
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """What the command line says. `briefs`: slugs or files, empty for all. `since`: pages that were read within this
    time are not asked for again. `ports`: others than 80 and 443 that may be asked."""

    briefs: Sequence[str] = ()
    format: VerifyFormat = "text"
    since: timedelta | None = None
    pause_s: float = 1.0
    hosts: int = 8
    ports: frozenset[int] = frozenset()
    lists_archives: bool = False
    asks_archive: bool = False


def add_verify(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its arguments to a parser."""
    parser = verbs.add_parser("verify", help="look for every quote on the page that it is cited from")
    parser.description = (
        "Fetches each page that a brief quotes, looks for the quotes in its text, word by word, and writes what became "
        "of them to evidence.lock beside the briefs. A run that was stopped goes on where it was."
    )
    parser.epilog = (
        "Exits with 1 if a quote is missing, a page is gone, a brief cannot be read, or the archive gave no answer."
    )
    parser.add_argument("briefs", nargs="*", metavar="BRIEF", help="slugs or brief files; default: all briefs")
    parser.add_argument("--format", choices=VERIFY_FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--since", type=_duration, metavar="TIME", help="skip pages that were read within this time, e.g. 7d or 12h"
    )
    parser.add_argument(
        "--pause", type=_pause, default=1.0, metavar="S", help="seconds between two requests to a host; default: 1"
    )
    parser.add_argument(
        "--hosts", type=_hosts, default=8, metavar="N", help="hosts that are asked at the same time; default: 8"
    )
    parser.add_argument(
        "--port", type=_port, action="append", default=[], metavar="N", help="a port besides 80 and 443 that is asked"
    )
    parser.add_argument(
        "--archive-list", action="store_true", help="print archive addresses for sources without one; asks for nothing"
    )
    parser.add_argument(
        "--ask-archive", action="store_true", help="the same, with the copies that the Internet Archive says it has"
    )


def verify_options(arguments: argparse.Namespace) -> VerifyOptions:
    """The options of arguments that were parsed."""
    return VerifyOptions(
        briefs=arguments.briefs,
        format=arguments.format,
        since=arguments.since,
        pause_s=arguments.pause,
        hosts=arguments.hosts,
        ports=frozenset(arguments.port),
        lists_archives=arguments.archive_list,
        asks_archive=arguments.ask_archive,
    )


def _duration(text: str) -> timedelta:
    match = re.fullmatch("([0-9]{1,4})([hdw])", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{text}” is no time; name hours, days or weeks, e.g. 12h, 7d or 2w")
    return int(match[1]) * _UNITS[match[2]]


def _pause(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", text) or float(text) > PAUSE_MAX_S:
        raise argparse.ArgumentTypeError(f"“{text}” is no pause; name seconds, at most {PAUSE_MAX_S}, e.g. 0.5")
    return float(text)


def _hosts(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= HOSTS_MAX:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of hosts; name one from 1 to {HOSTS_MAX}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= PORT_MAX:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; name one from 1 to {PORT_MAX}")
    return int(text)

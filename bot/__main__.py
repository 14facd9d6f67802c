"""The command line: parses arguments, calls one command, and turns errors into exit codes.

0 success, 1 findings or no match, 2 usage or settings, 3 a bug, 4 to be started anew (`run`), 130 interrupted, 141
nobody reads the output any more.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bot import __version__
from bot.cli.formats import (
    ASK_FORMATS,
    CHECK_FORMATS,
    DIFF_FORMATS,
    DOCTOR_FORMATS,
    EXPORT_FORMATS,
    GAPS_FORMATS,
    IMPORT_FORMATS,
    RESTS_ON_FORMATS,
    SCHEMAS,
)
from bot.cli.output import print_text
from bot.cli.verify_options import add_verify, verify_options
from bot.errors import BriefbotError, SettingsError

USAGE_ERROR = 2
BUG = 3
INTERRUPTED = 130
BROKEN_PIPE = 141

PORT_MAX = 65535

ROLES = ("all", "web", "worker")
"""As `bot.settings.Role` has them."""

EXTRAS = {"verify": "pip install 'briefbot[verify]'"}
"""What commands need besides the default installation."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. `argv` defaults to the arguments of this process. Raises: SystemExit
    with code 2 for arguments that cannot be parsed."""
    try:
        try:
            return _run(_arguments(argv))
        finally:
            # Python would write what is left at exit, and complain about a pipe that its reader has closed.
            print(end="", flush=True)
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of a command. Raises: SystemExit with code 0 after the help or the version, and with 2."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.verb is None:
        parser.print_help()
        parser.exit()
    return arguments


def _discard_output() -> None:
    """What is still to be written goes nowhere. Source: docs.python.org, library/signal, note on SIGPIPE."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


def _run(arguments: argparse.Namespace) -> int:
    try:
        return _dispatch(arguments)
    except BriefbotError as error:
        print_text(f"briefbot: {error}", to_stderr=True)
        return USAGE_ERROR
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        traceback.print_exc()
        print("briefbot: this is a bug; please report it with the lines above", file=sys.stderr)
        return BUG


def _dispatch(arguments: argparse.Namespace) -> int:
    verb = arguments.verb
    match verb:
        case "ask":
            view = "quotes" if arguments.quotes else "all" if arguments.all else None
            return _call(verb, " ".join(arguments.words), arguments.format, _settings_or_packaged(), view)
        case "check" if arguments.explain:
            return _call("explain", [*arguments.explain, *map(str, arguments.paths)])
        case "check":
            settings = _settings() if arguments.paths else _settings_or_packaged("for_checking")
            return _call(verb, arguments.paths, arguments.format, settings, arguments.changed_since)
        case "diff":
            return _call(verb, arguments.old, arguments.new, arguments.format, _settings())
        case "import":
            names = (arguments.slug, arguments.into, arguments.language)
            return _call("import_text", arguments.file, *names, arguments.format, _settings())
        case "init":
            return _call(verb, arguments.directory, arguments.command, arguments.action, _settings())
        case "new":
            return _call(verb, arguments.slug, arguments.title, _settings())
        case "demo":
            return _call(verb, _settings(), arguments.port)
        case "doctor":
            return _call(verb, arguments.format)
        case "forget" | "export-data":
            module = import_module("bot.cli.workspace_data")
            return int(getattr(module, verb.replace("-", "_"))(arguments.team, _settings()))
        case "export":
            return _call(
                verb, arguments.brief, arguments.format, _settings_or_packaged(), arguments.section, arguments.url
            )
        case "gaps":
            return _call(verb, arguments.briefs, arguments.format, _settings_or_packaged())
        case "preview":
            return _call(verb, arguments.base, arguments.port, arguments.output, _settings())
        case "publish":
            return _call(verb, _settings(), force=arguments.force)
        case "backup" | "restore":
            return _call(verb, arguments.file, _settings())
        case "rekey":
            return _call(verb, _settings())
        case "rests-on":
            return _call("rests_on", arguments.source, arguments.format, _settings())
        case "run":
            return _call(verb, _settings(), _settings("read_slack", role=arguments.role))
        case "schedule":
            return _call(verb, " ".join(arguments.words), arguments.after, arguments.count)
        case "verify":
            return _call(verb, verify_options(arguments), _settings())
        case _:
            return _call("schema", arguments.of)


def _call(verb: str, *arguments: Any, **options: Any) -> int:
    """Runs a command. Imported only now: a check before each commit need not load a database's libraries, and a wrong
    setting is told without them. Raises: SettingsError if the command needs an extra that is not installed."""
    try:
        module = import_module(f"bot.cli.{verb}")
    except ModuleNotFoundError as error:
        if verb not in EXTRAS:
            raise
        raise SettingsError(f"{verb} needs {error.name}, which is not installed; {EXTRAS[verb]}") from None
    command: Callable[..., int] = getattr(module, verb)
    return command(*arguments, **options)


def _settings(read: str = "read", **options: Any) -> Any:
    """What `bot.settings.read` gives, or another reader of that module. Imported only for commands with settings."""
    return getattr(import_module("bot.settings"), read)(**options)


def _settings_or_packaged(how: str = "for_reading") -> Any:
    """As `_settings`; where there are no briefs, those that come with the program stand in."""
    return getattr(import_module("bot.cli.packaged"), how)(_settings())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefbot",
        description="Source-cited briefs in Slack, from YAML files in git.",
        epilog="Exit codes: 0 fine, 1 errors found or nothing found, 2 usage or settings, 3 a bug, 4 start `run` anew.",
    )
    parser.add_argument("--version", action="version", version=f"briefbot {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND")
    _add_reading_commands(verbs)
    _add_drafting_commands(verbs)
    _add_preview(verbs)
    _add_evidence_commands(verbs)
    _add_running_commands(verbs)
    _add_backups(verbs)
    return parser


def _add_reading_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Those that only read brief files."""
    ask_parser = verbs.add_parser("ask", help="answer as Slack would, e.g. briefbot ask legal guatemala")
    ask_parser.add_argument("words", nargs="*", help="what to type after the slash command; nothing: the overview")
    ask_parser.add_argument("--format", choices=ASK_FORMATS, default="text", help="default: text")
    ask_parser.add_argument("--all", action="store_true", help="of a section all claims, those of the last group too")
    ask_parser.add_argument("--quotes", action="store_true", help="all claims, and the quotes that they rest on")
    check_parser = verbs.add_parser("check", help="print every problem of brief files")
    check_parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files or directories; default: the directory of briefs"
    )
    check_parser.add_argument("--format", choices=CHECK_FORMATS, default="text", help="default: text")
    check_parser.add_argument(
        "--explain", nargs="+", metavar="CODE", help="print what these rules are about, e.g. B204, and check nothing"
    )
    check_parser.add_argument(
        "--changed-since", metavar="REV", help="files that differ from this git revision first, e.g. main"
    )
    diff_parser = verbs.add_parser("diff", help="print what readers would be told about the changes between two states")
    diff_parser.description = "Prints what readers would be told, and not told, of the changes between two states."
    diff_parser.epilog = "What is the name of a file or directory is that, also if a revision in git has the same name."
    diff_parser.add_argument(
        "old",
        nargs="?",
        type=Path,
        metavar="OLD",
        help="a directory of briefs, a brief file, or a revision in git; main... is the commit where you left main; "
        "default: HEAD",
    )
    diff_parser.add_argument(
        "new", nargs="?", type=Path, metavar="NEW", help="the newer one; default: the directory of briefs as it is now"
    )
    diff_parser.add_argument("--format", choices=DIFF_FORMATS, default="text", help="default: text")
    add_verify(verbs)


def _add_evidence_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Those about what briefs rest on."""
    gaps_parser = verbs.add_parser("gaps", help="print what claims rest on and what is missing, worst first")
    gaps_parser.description = (
        "Prints what is missing in briefs, from what misleads readers to what keeps a brief checkable, and what to do; "
        "then the claims that lack nothing. Exits with 0 whatever is missing, and with 1 where a file has an error."
    )
    gaps_parser.add_argument(
        "briefs", nargs="*", metavar="BRIEF", help="slugs, aliases or files; default: all that are not withdrawn"
    )
    gaps_parser.add_argument("--format", choices=GAPS_FORMATS, default="text", help="default: text")
    rests_on_parser = verbs.add_parser("rests-on", help="print which claims and posts rest on a source")
    rests_on_parser.description = (
        "Prints which claims of the brief files rest on a source and, where a bot has its database here "
        "(BRIEFBOT_DATABASE_URL), which posts in which channels show them; never who asked or shared."
    )
    rests_on_parser.add_argument(
        "source",
        metavar="SOURCE",
        help="an address, also of an archive's copy, the id of a source, or brief/source; http and https, www., "
        "a slash at the end, fragments and tracking parameters make no difference",
    )
    rests_on_parser.add_argument("--format", choices=RESTS_ON_FORMATS, default="text", help="default: text")

    export_parser = verbs.add_parser("export", help="print a brief as Markdown, references, fact checks or a page")
    export_parser.epilog = (
        "claimreview has the claims that are partly supported or disputed, as no others check what somebody else says; "
        "csl-json has the sources, for reference managers."
    )
    export_parser.add_argument("brief", metavar="BRIEF", help="a slug, an alias or a file")
    export_parser.add_argument("--format", choices=EXPORT_FORMATS, default="markdown", help="default: markdown")
    export_parser.add_argument("--section", metavar="SECTION", help="only this section")
    export_parser.add_argument("--url", metavar="URL", help="of claimreview: the address of the page with the brief")


def _add_drafting_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Those that write files to begin with."""
    init_parser = verbs.add_parser("init", help="write a store of your own: a first brief and all that belongs to it")
    init_parser.description = (
        "Writes _store.yaml, a first brief, schemas, manifests, a workflow for GitHub, settings for pre-commit, "
        ".env.example and a README. Overwrites nothing."
    )
    init_parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(), metavar="DIR", help="default: this directory"
    )
    init_parser.add_argument("--command", metavar="NAME", help="of the slash command, e.g. /legal; default: /brief")
    init_parser.add_argument(
        "--action",
        metavar="ACTION",
        help="what the workflow uses: OWNER/REPOSITORY@REVISION, where you have briefbot from",
    )
    new_parser = verbs.add_parser("new", help="write the file of an empty brief, as a draft")
    new_parser.add_argument("slug", metavar="SLUG", help="the name of the file without .yaml, e.g. ferry-timetable")
    new_parser.add_argument("--title", metavar="TITLE", help="default: one to write")
    import_parser = verbs.add_parser("import", help="make a draft of pasted text")
    import_parser.description = (
        "Makes a draft of pasted text: headings become sections by the words of _store.yaml, sentences unverified "
        "claims, the list at its end sources. Prints what is still to be done, with file and line."
    )
    import_parser.epilog = "With --into nothing is written; exits with 1 if that brief lacks nothing of the text."
    import_parser.add_argument("file", metavar="FILE", help="a text file, or - for the standard input")
    names = import_parser.add_mutually_exclusive_group()
    names.add_argument("--slug", metavar="SLUG", help="the name of the new file without .yaml; default: from the title")
    names.add_argument("--into", metavar="SLUG", help="print what the brief of this slug or alias lacks, as YAML")
    import_parser.add_argument(
        "--language", default="en", metavar="CODE", help="whose abbreviations end no sentence, e.g. es; default: en"
    )
    import_parser.add_argument("--format", choices=IMPORT_FORMATS, default="text", help="default: text")


def _add_preview(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    preview_parser = verbs.add_parser(
        "preview", help="show what a merge of the brief files would change, as a local page that follows the files"
    )
    preview_parser.description = (
        "Shows each brief as Slack will show it, old beside new, what readers will be told, and what is wrong."
    )
    preview_parser.epilog = "Where a database is named (BRIEFBOT_DATABASE_URL), it is read to say who will hear."
    preview_parser.add_argument(
        "base",
        nargs="?",
        type=Path,
        metavar="BASE",
        help="a revision in git, or a directory of briefs; main... is the commit where you left main; default: HEAD",
    )
    preview_parser.add_argument("--port", type=_port, help="default: 3001, or a free one where it is in use")
    preview_parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write the page as one HTML file, and serve nothing"
    )


def _add_running_commands(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo_parser = verbs.add_parser(
        "demo", help="run the bot in a local workspace with a web page; no Slack account needed"
    )
    demo_parser.add_argument("--port", type=_port, help="default: 3000, or a free one where it is in use")
    doctor_parser = verbs.add_parser("doctor", help="look at all that the bot needs, and say what is wrong")
    doctor_parser.description = (
        "Looks at settings, clock, token, scopes, connection, database, migrations, disk, briefs and the maintainers' "
        "channel; a line for each, with what to do. Changes nothing. Exits with 1 if something is wrong."
    )
    doctor_parser.add_argument("--format", choices=DOCTOR_FORMATS, default="text", help="default: text")
    publish_parser = verbs.add_parser("publish", help="publish the brief files; a running bot does so by itself")
    publish_parser.epilog = (
        "Exits with 1 if a file has an error, although the other files are published, also by --force; and if nothing "
        "may be published without --force."
    )
    publish_parser.add_argument(
        "--force",
        action="store_true",
        help="publish although the files are older than what is published, or most briefs are gone from them",
    )
    run_parser = verbs.add_parser(
        "run", help="run the bot in Slack (SLACK_BOT_TOKEN, SLACK_APP_TOKEN or SLACK_SIGNING_SECRET)"
    )
    run_parser.add_argument(
        "--role",
        choices=ROLES,
        help="what this process does, on Postgres: answer (web), publish and post (worker), or both (all, the default)",
    )
    rekey_parser = verbs.add_parser("rekey", help="encrypt the tokens in the database by another key; the bot may run")
    rekey_parser.epilog = (
        "First start the bot everywhere with BRIEFBOT_SECRET_KEY=NEW,OLD; then call this with the same value; then "
        "leave OLD out. The tokens are those of workspaces that installed the bot by OAuth."
    )
    for verb, does in (
        ("forget", "delete at once all that is stored of a workspace"),
        ("export-data", "print all that is stored of a workspace, as JSON without tokens"),
    ):
        verbs.add_parser(verb, help=does).add_argument("team", metavar="TEAM", help="its id, e.g. T012AB3CD")
    schedule_parser = verbs.add_parser(
        "schedule", help="print when digests are due, e.g. briefbot schedule daily 08:30 Europe/Berlin"
    )
    schedule_parser.add_argument("words", nargs="+", help="(daily|weekdays|weekly <day>) HH:MM <IANA zone>")
    schedule_parser.add_argument("--after", metavar="TIME", help="e.g. 2026-03-29T06:30:00Z; default: now")
    schedule_parser.add_argument("--count", type=int, default=5, metavar="N", help="default: 5")
    schema_parser = verbs.add_parser("schema", help="print the JSON Schema of a brief file, or of _store.yaml")
    schema_parser.add_argument("of", nargs="?", choices=SCHEMAS, default="brief", help="default: brief")


def _add_backups(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup_parser = verbs.add_parser("backup", help="write all that the database holds into one file; the bot may run")
    backup_parser.epilog = "FILE is replaced once the backup is whole, and only its owner may read it."
    backup_parser.add_argument("file", metavar="FILE", help="e.g. briefbot.backup, or - for the standard output")
    restore_parser = verbs.add_parser("restore", help="load a backup into an empty database")
    restore_parser.epilog = (
        "The database is that of BRIEFBOT_DATABASE_URL, of either kind, whichever the backup is of. All is loaded, or "
        "nothing."
    )
    restore_parser.add_argument(
        "file", metavar="FILE", help="what briefbot backup has written, or - for the standard input"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > PORT_MAX:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; name one from 1 to {PORT_MAX}, or 0 for any free one")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

"""What GitHub's runner makes of the output of a step. Source: actions/runner, ActionCommand.cs and OutputManager.cs."""

import re
from dataclasses import dataclass

COMMAND = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>[^:]*))?::(?P<data>.*)")


@dataclass(frozen=True)
class Command:
    """A workflow command, unescaped."""

    name: str
    properties: dict[str, str]
    data: str


def lines_of(output: str) -> list[str]:
    """The lines as the runner reads them: a carriage return ends one too."""
    return re.split("\r\n|\r|\n", output.removesuffix("\n")) if output else []


def commands_of(output: str) -> list[Command]:
    """The commands that the runner would obey; one of the old form has the name `##[`, whatever it is."""
    return [command for line in lines_of(output) if (command := _command(line))]


def _command(line: str) -> Command | None:
    if line.lstrip().startswith("::"):
        match = COMMAND.fullmatch(line.lstrip())
        assert match, line
        pairs = (pair.partition("=") for pair in (match["properties"] or "").split(",") if pair)
        return Command(match["name"], {key: _unescape(value) for key, _, value in pairs}, _unescape(match["data"]))
    return Command("##[", {}, line) if re.search(r"##\w*\[", line) else None


def _unescape(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text

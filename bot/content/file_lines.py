"""Where the parts of a brief begin in its file."""

from bot.content.yaml_tree import positions_of
from bot.core.briefs.brief import BriefContent
from bot.core.briefs.file_place import FileLines
from bot.core.linting.diagnostic import Key


def lines_of(text: str, brief: BriefContent) -> FileLines:
    """The lines of the sections and claims of a brief that was read from this text."""
    positions = positions_of(text)
    return FileLines(
        {key: positions.find(("sections", Key(key))).line for key in brief.sections},
        {
            claim.id: positions.find(("sections", key, "claims", index)).line
            for key, section in brief.sections.items()
            for index, claim in enumerate(section.claims)
        },
    )

"""`briefbot new`: writes the file of an empty brief."""

from bot.cli.draft_files import path_of, today, vocabulary_of, work_lines, write_new
from bot.cli.output import print_text
from bot.content.draft_yaml import scaffold
from bot.content.loader import brief_from
from bot.core.drafts.headings import FIRST_SECTION
from bot.core.linting.diagnostic import is_error
from bot.errors import BriefNameError
from bot.settings import Settings


def new(slug: str, title: str | None, settings: Settings) -> int:
    """Writes a draft with the sections of the store, and prints what is to be written in it. Returns 0. Raises:
    SettingsError for what is no slug, a name that is taken, or a title that no brief may have."""
    path = path_of(settings.briefs, slug)
    vocabulary = vocabulary_of(settings.briefs)
    text = scaffold(" ".join((title or "").split()), list(vocabulary.sections) or [FIRST_SECTION], today())
    if problem := next(filter(is_error, brief_from(path, text.encode()).problems), None):
        raise BriefNameError(f"--title: {problem.code} {problem.message}; {problem.hint}; nothing was written")
    brief = write_new(path, text, vocabulary)
    print_text(f"{path}: a draft; readers see nothing of it until its status is published. To do:")
    if brief:
        print_text("\n".join(f"{path}:{line}: {what}" for line, what in work_lines(path, text, brief)))
    return 0

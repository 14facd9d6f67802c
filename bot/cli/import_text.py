"""`briefbot import`: makes a draft of pasted text, or says what of it a brief lacks."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from bot.cli.draft_files import path_of, path_of_brief, today, vocabulary_of, work_lines, write_new
from bot.cli.formats import ImportFormat
from bot.cli.output import count, diagnostic_line, print_text, to_json
from bot.content.draft_yaml import additions, draft_file
from bot.content.loader import brief_from, diagnostics, load_brief
from bot.content.pasted_file import MAX_BYTES, text_of
from bot.content.unread_files import nearest_file
from bot.core.drafts.additions import new_beside
from bot.core.drafts.compose import compose
from bot.core.drafts.draft import Draft, Notice
from bot.core.drafts.headings import first_section
from bot.core.drafts.identifiers import slug_of
from bot.errors import BriefNameError, SettingsError
from bot.settings import Settings

STANDARD_INPUT = "-"


def import_text(
    file: str, slug: str | None, into: str | None, language: str, format: ImportFormat, settings: Settings
) -> int:
    """Reads a text (`-`: the standard input) and writes a draft under a slug (None: that of its title); or, with
    `into`, prints what the brief of that slug or alias lacks, and changes nothing. Returns 1 if it lacks nothing, or if
    the draft has an error. Raises: SettingsError for a text that cannot be read, a slug that is none or taken, and a
    brief to compare with that is not there or broken."""
    name = "the standard input" if file == STANDARD_INPUT else file
    text, encoding = text_of(_bytes(file), name)
    draft = compose(text, vocabulary_of(settings.briefs), language)
    if not (draft.parts or draft.sources):
        raise SettingsError(f"{name} holds no word; paste the text of the brief into it")
    if encoding:
        draft = replace(draft, notices=(Notice(1, f"the text is not UTF-8; it was read as {encoding}"), *draft.notices))
    if into is not None:
        return _propose(draft, path_of_brief(settings.briefs, into), format)
    try:
        words = " ".join(part.text for part in draft.parts) or text
        return _write(draft, slug or slug_of(draft.title, words), format, settings)
    except BriefNameError as error:
        raise BriefNameError(str(error) if slug else f"{error} (--slug names the draft)") from error


def _bytes(file: str) -> bytes:
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(file)
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        nearest = None if path.exists() else nearest_file(path)
        advice = f"did you mean {nearest}?" if nearest else "name a text file, or - for the standard input"
        raise SettingsError(f"{file}: {(error.strerror or str(error)).lower()}; {advice}") from error


# A new draft


def _write(draft: Draft, slug: str, format: ImportFormat, settings: Settings) -> int:
    path, vocabulary = path_of(settings.briefs, slug), vocabulary_of(settings.briefs)
    text = draft_file(draft, first_section(vocabulary), today())
    if len(text.encode()) > MAX_BYTES:
        raise SettingsError(
            f"{path} would be over {MAX_BYTES // 1024} KiB, and was not written; import the text in parts"
        )
    brief = write_new(path, text, vocabulary)
    if brief is None:
        print_text("\n".join(map(diagnostic_line, diagnostics(brief_from(path, text.encode())))), to_stderr=True)
        return 1
    work = list(work_lines(path, text, brief))
    if format == "json":
        print_text(to_json({**_record(draft, path), "work": [{"line": line, "what": what} for line, what in work]}))
    else:
        print_text("\n".join([*_report(draft, path), *(f"{path}:{line}: {what}" for line, what in work)]))
    return 0


def _report(draft: Draft, path: Path) -> Sequence[str]:
    sections = len({claim.section for claim in draft.claims})
    claims = f"{count(len(draft.claims), 'claim')} in {count(sections, 'section')}"
    return [
        f"{path}: a draft with {claims}, and {count(len(draft.sources), 'source')}; readers see nothing of it.",
        *map(_notice, draft.notices),
        "To do:",
    ]


def _notice(notice: Notice) -> str:
    return f"line {notice.line} of the text: {notice.text}"


def _record(draft: Draft, path: Path) -> dict[str, object]:
    return {
        "path": str(path),
        "title": draft.title,
        "claims": [asdict(claim) for claim in draft.claims],
        "sources": [asdict(source) for source in draft.sources],
        "remarks": [asdict(remark) for remark in draft.remarks],
        "notices": [asdict(notice) for notice in draft.notices],
    }


# Beside a brief


def _propose(draft: Draft, path: Path, format: ImportFormat) -> int:
    brief = load_brief(path).value
    if brief is None:
        raise SettingsError(f"{path} has errors; mend them first: briefbot check {path}")
    new = new_beside(draft, brief)
    if format == "json":
        print_text(to_json(_record(new, path)))
        return 0 if new.claims or new.sources else 1
    print_text("\n".join(map(_notice, new.notices)), to_stderr=True)
    if not (new.claims or new.sources):
        print_text(f"{path} has every claim and source of the text.")
        return 1
    numbers = f"{count(len(new.claims), 'claim')}, {count(len(new.sources), 'source')}"
    advice = "copy what you want of these below the same keys"
    print_text(f"# Not in {path}: {numbers} of the text; {advice}.\n{additions(new)}".rstrip("\n"))
    return 0

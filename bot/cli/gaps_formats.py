"""The output of `briefbot gaps`: text, JSON, or Markdown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.cli.brief_files import BriefFile
from bot.cli.output import count, inert_line, to_json
from bot.core.briefs.brief import Claim
from bot.core.evidence.gap_kinds import Gaps
from bot.core.evidence.gaps import Entry, Finding, Rest
from bot.core.linting.diagnostic import Key, Path
from bot.render.document.phrases import claim_text
from bot.render.export.markdown_text import escape

COMPLETE = "Claims that lack nothing"


@dataclass(frozen=True, slots=True)
class GapList:
    """Entries, worst first, and the files that they stand in, by slug."""

    entries: Sequence[Entry]
    files: Mapping[str, BriefFile]

    def place(self, entry: Entry) -> str:
        """`briefs/ferries.yaml:12:5`."""
        return self.files[entry.brief.slug].place(path_of(entry))

    def groups(self) -> Iterator[tuple[Gaps | None, list[Entry]]]:
        """The entries by their worst gap; at last the claims of which nothing is missing, under None."""
        for worst, entries in groupby(self.entries, key=lambda each: each.worst):
            of_group = [each for each in entries if worst or each.thing == "claim"]
            if of_group:
                yield worst, of_group


def path_of(entry: Entry) -> Path:
    """The path of a claim, or of the key under which a source or a section stands."""
    return (*entry.at[:-1], Key(entry.at[-1])) if entry.thing in ("source", "section") else entry.at


def text(gaps: GapList) -> str:
    """What there is, then a list for each kind of gap with what to do, then the claims that lack nothing."""
    numbers = [f"{len(entries):5}  {_title(worst)}" for worst, entries in gaps.groups()]
    parts = ["\n".join([f"{summary(gaps.entries)} Worst first:", *numbers])]
    for worst, entries in gaps.groups():
        head = f"{_title(worst)} ({len(entries)})"
        todo = [f"To do: {worst.value.do}."] if worst else []
        parts.append("\n".join([head, *todo, *(line for each in entries for line in _lines(each, gaps))]))
    return "\n\n".join(parts)


def summary(entries: Sequence[Entry]) -> str:
    """`2 briefs, 40 claims, 31 sources.`"""
    things = Counter(each.thing for each in entries if each.thing in ("claim", "source"))
    briefs = len({each.brief.slug for each in entries})
    numbers = f"{count(briefs, 'brief')}, {count(things['claim'], 'claim')}, {count(things['source'], 'source')}"
    return f"{numbers}."


def _title(worst: Gaps | None) -> str:
    return worst.value.title if worst else COMPLETE


def _lines(entry: Entry, gaps: GapList) -> Iterator[str]:
    yield inert_line(f"{gaps.place(entry)}: {'; '.join([_name(entry), *_details(entry)])}")
    if entry.claim and entry.findings:
        yield inert_line(f"    {claim_text(entry.claim)}")
        yield inert_line(f"    {_rests(entry.claim, entry.rests_on)}")


def _name(entry: Entry) -> str:
    """The id, with its section, or how many claims rest on it, and whether readers see it."""
    number = [count(entry.number, "claim")] if entry.number else []
    section = [entry.section] if entry.section and entry.thing == "claim" else []
    status = [entry.brief.status] if entry.brief.status != "published" else []
    within = ", ".join([*section, *number, *status])
    what = "" if entry.thing in ("claim", "source") else f"the {entry.thing} "
    return f"{what}{entry.id} ({within})" if within else f"{what}{entry.id}"


def _details(entry: Entry) -> list[str]:
    """What the worst gap is about, then the others by their names; of what is complete what it rests on."""
    if not entry.findings:
        return [_rests(entry.claim, entry.rests_on)] if entry.claim else []
    worst, *others = entry.findings
    also = [f"also {', '.join(map(_also, others))}"] if others else []
    return [*([worst.what] if worst.what else []), *also]


def _also(finding: Finding) -> str:
    name = finding.gap.value.name.replace("-", " ")
    return f"{name}: {finding.what}" if finding.what else name


def _rests(claim: Claim, rests: Sequence[Rest]) -> str:
    if not rests:
        return "rests on no source"
    if claim.standing == "unverified":
        return f"looked for in {', '.join(each.source for each in rests)}"
    return f"rests on {', '.join(map(_rest, rests))}"


def _rest(rest: Rest) -> str:
    return f"{rest.source} ({count(rest.quotes, 'quote') if rest.quotes else 'cited'})"


def json(gaps: GapList) -> str:
    """A list of all entries, worst first; all keys are always present."""
    return to_json([_record(each, gaps.files[each.brief.slug]) for each in gaps.entries])


def _record(entry: Entry, file: BriefFile) -> dict[str, Any]:
    position, claim = file.find(path_of(entry)), entry.claim
    found = [
        {"gap": each.gap.value.name, "what": each.what or None, "title": each.gap.value.title, "do": each.gap.value.do}
        for each in entry.findings
    ]
    return {
        "path": str(file.path),
        "line": position.line,
        "column": position.column,
        "brief": entry.brief.slug,
        "status": entry.brief.status,
        "thing": entry.thing,
        "id": entry.id,
        "section": entry.section,
        "standing": claim.standing if claim else None,
        "text": claim.text if claim else None,
        "claims": None if claim else entry.number,
        "rests_on": [
            {"source": each.source, "quotes": each.quotes, "unquoted": each.unquoted} for each in entry.rests_on
        ],
        "gaps": found,
    }


def markdown(gaps: GapList) -> str:
    """A list of things to tick off under a heading for each kind of gap, as for an issue; without what is complete."""
    parts = [f"## What is missing\n\n{escape(summary(gaps.entries))}"]
    for worst, entries in gaps.groups():
        if worst:
            items = "\n".join(f"- [ ] {_item(each, gaps)}" for each in entries)
            parts.append(
                f"### {escape(worst.value.title)} ({len(entries)})\n\n{escape(_sentence(worst.value.do))}\n\n{items}"
            )
    return "\n\n".join(parts)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _item(entry: Entry, gaps: GapList) -> str:
    details = "; ".join([_name(entry), *_details(entry)])
    item = f"`{gaps.place(entry)}` {escape(details)}"
    if entry.claim is None:
        return item
    lines = [item, escape(claim_text(entry.claim)), escape(_rests(entry.claim, entry.rests_on))]
    return "\\\n  ".join(lines)


FORMATS = {"text": text, "json": json, "markdown": markdown}

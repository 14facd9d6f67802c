"""The canonical form of content: JSON of all fields that differ from their defaults, mappings sorted by key.

White space, quoting, comments and the order of keys in the file do not count in it. Revisions are hashes of it; the
store keeps it.
"""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from bot.core.briefs.brief import Brief, BriefContent, Vocabulary

BRIEF: TypeAdapter[BriefContent] = TypeAdapter(BriefContent)
VOCABULARY: TypeAdapter[Vocabulary] = TypeAdapter(Vocabulary)


def dump(content: BriefContent) -> str:
    """A brief's canonical JSON."""
    return _json(content).decode()


def load(slug: str, revision: str, text: str) -> Brief:
    """A brief from its canonical JSON. Raises: pydantic.ValidationError for any other text."""
    return named(slug, revision, BRIEF.validate_json(text))


def revision(content: BriefContent) -> str:
    """8 hex digits of SHA-256 over the canonical content."""
    return sha256(_json(content)).hexdigest()[:8]


def fingerprint(revisions: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """16 hex digits over all slugs and revisions, and over how sections are called."""
    lines = sorted(f"{slug}@{revision}" for slug, revision in revisions.items())
    lines.append(VOCABULARY.dump_json(vocabulary, exclude_defaults=True).decode())
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def named(slug: str, revision: str, content: BriefContent) -> Brief:
    """The content under its name."""
    values: dict[str, Any] = {field.name: getattr(content, field.name) for field in fields(BriefContent)}
    return Brief(slug=slug, revision=revision, **values)


def _json(content: BriefContent) -> bytes:
    plain = unnamed(content) if isinstance(content, Brief) else content
    return BRIEF.dump_json(plain, exclude_defaults=True)


def unnamed(brief: Brief) -> BriefContent:
    """The content without its name."""
    return BriefContent(**{field.name: getattr(brief, field.name) for field in fields(BriefContent)})

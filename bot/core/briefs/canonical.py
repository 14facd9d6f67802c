"""The canonical form of a brief: JSON of all fields that differ from their defaults, mappings sorted by key.

White space between values, quoting, comments and the order of keys in the file do not change it. Revisions are hashes
of it, and the store keeps briefs in it.
"""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from bot.core.briefs.brief import Brief, BriefContent
from bot.core.briefs.vocabulary import Vocabulary

BRIEF: TypeAdapter[BriefContent] = TypeAdapter(BriefContent)
VOCABULARY: TypeAdapter[Vocabulary] = TypeAdapter(Vocabulary)


def dump(content: BriefContent) -> str:
    """Canonical JSON of a brief's content, without slug and revision."""
    return _json(content).decode()


def load(slug: str, revision: str, text: str) -> Brief:
    """The brief of a canonical JSON; `revision` is taken as it is. Raises: pydantic.ValidationError for any other
    text."""
    return named(slug, revision, BRIEF.validate_json(text))


def revision(content: BriefContent) -> str:
    """The first 8 hex digits of SHA-256 over the canonical JSON."""
    return sha256(_json(content)).hexdigest()[:8]


def fingerprint(revisions: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """16 hex digits of SHA-256 over the vocabulary and all revisions; `revisions` is by slug, its order does not
    count."""
    lines = sorted(f"{slug}@{revision}" for slug, revision in revisions.items())
    lines.append(VOCABULARY.dump_json(vocabulary, exclude_defaults=True).decode())
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def named(slug: str, revision: str, content: BriefContent) -> Brief:
    """The content as a brief with slug and revision."""
    values: dict[str, Any] = {field.name: getattr(content, field.name) for field in fields(BriefContent)}
    return Brief(slug=slug, revision=revision, **values)


def _json(content: BriefContent) -> bytes:
    # Without the name: equal content has one revision, whatever its file is called.
    # Without defaults: a new optional field leaves the revisions of all existing briefs as they are.
    plain = unnamed(content) if isinstance(content, Brief) else content
    return BRIEF.dump_json(plain, exclude_defaults=True)


def unnamed(brief: Brief) -> BriefContent:
    """The content of a brief, without slug and revision."""
    return BriefContent(**{field.name: getattr(brief, field.name) for field in fields(BriefContent)})

"""Renamed briefs: a file got another name, and what it says stayed the same."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from bot.core.briefs.brief import Brief
from bot.core.briefs.canonical import revision, unnamed


def renames(before: Mapping[str, Brief], after: Mapping[str, Brief]) -> dict[str, str]:
    """The new slug of each brief that was renamed, by its old one. Both are briefs by slug, drafts left out. A brief
    that is gone was renamed where a new one says the same; aliases and change notes do not count, as the old slug
    should be kept as an alias, with a note on it."""
    gone = sorted(before.keys() - after.keys())
    if not gone:
        return {}
    new = defaultdict[str, list[str]](list)
    for slug in sorted(after.keys() - before.keys(), reverse=True):
        new[_content(after[slug])].append(slug)
    return {slug: same.pop() for slug in gone if (same := new[_content(before[slug])])}


def _content(brief: Brief) -> str:
    return revision(replace(unnamed(brief), aliases=(), changes=()))

"""The output of `briefbot rests-on`: text, or JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.cli.brief_files import BriefFile
from bot.cli.output import count, inert_line, to_json
from bot.core.briefs.brief import Brief
from bot.core.evidence.source_uses import SourceUse
from bot.handlers.delivery.claim_posts import count_posts
from bot.render.document import terminal
from bot.render.document.citations import source_words
from bot.render.document.document import Passage
from bot.render.document.phrases import claim_text, day, joined
from bot.store.claim_posts import ClaimPost

POSTS_MAX = 20
"""Posts that the text lists; JSON has all."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a page. `sources` are (brief, source id) of its names, `uses` the claims in the order of the
    files, `posts` newest first, or why they are not known."""

    sources: Sequence[tuple[Brief, str]]
    uses: Sequence[SourceUse]
    files: Mapping[str, BriefFile]
    posts: Sequence[ClaimPost] | str


def text(resting: Resting) -> str:
    """The source, the claims, then the posts."""
    parts = [_source(resting), *_claims(resting), *_posts(resting.posts)]
    return "\n\n".join(parts)


def _source(resting: Resting) -> str:
    brief, id_ = resting.sources[0]
    names = joined([f"{each.slug}/{name}" for each, name in resting.sources])
    words = terminal.text((Passage((source_words(brief.sources[id_]),)),))
    return f"{words}\nIts name in briefs: {names}"


def _claims(resting: Resting) -> Iterator[str]:
    carried = [use for use in resting.uses if not use.is_searched]
    searched = [use for use in resting.uses if use.is_searched]
    if not resting.uses:
        yield "No claim cites it."
    if carried:
        alone = sum(use.rests_on_nothing_else for use in carried)
        yield f"{_rest(len(carried))} on it, {alone or 'none'} of them on nothing else:"
        yield from (_claim(use, resting.files) for use in carried)
    if searched:
        yield f"{_was(len(searched))} looked for in it, and not found:"
        yield from (_claim(use, resting.files) for use in searched)


def _rest(number: int) -> str:
    return f"{count(number, 'claim')} {'rests' if number == 1 else 'rest'}"


def _was(number: int) -> str:
    return f"{count(number, 'claim')} {'was' if number == 1 else 'were'}"


def _claim(use: SourceUse, files: Mapping[str, BriefFile]) -> str:
    status = "" if use.brief.status == "published" else f", {use.brief.status}"
    how = "" if use.is_searched else f": {_how(use)}"
    head = f"{files[use.brief.slug].place(use.at)}: {use.claim.id} ({use.section}{status}){how}"
    return f"{head}\n    {inert_line(claim_text(use.claim))}"


def _how(use: SourceUse) -> str:
    quotes = count(use.quotes, "quote") if use.quotes else "cited without a quote"
    return f"{quotes}; rests on nothing else" if use.rests_on_nothing_else else quotes


def _posts(posts: Sequence[ClaimPost] | str) -> Iterator[str]:
    if isinstance(posts, str):
        yield f"Posts are not known: {posts}."
        return
    if not posts:
        yield "No post shows these claims."
        return
    number = count_posts(posts)
    show = "shows" if number.posts == 1 else "show"
    head = f"{count(number.posts, 'post')} in {count(number.channels, 'channel')} {show} these claims, newest first:"
    more = [f"and {len(posts) - POSTS_MAX} more; --format json has all"] if len(posts) > POSTS_MAX else []
    yield "\n".join([head, *map(_post, posts[:POSTS_MAX]), *more])


def _post(post: ClaimPost) -> str:
    where = f"{post.channel} ({post.team})" if post.channel else f"a direct conversation ({post.team})"
    claims = ", ".join(f"{each.slug}/{each.claim}" for each in post.claims)
    locked = f"; Slack lets nobody edit it ({post.error})" if post.error else ""
    return inert_line(f"{where}, message {post.ts} of {day(post.posted_at.date())}: {claims}{locked}")


def json(resting: Resting) -> str:
    """All keys are always present; `posts` is null where they are not known, and `posts_unknown` says why."""
    posts = resting.posts
    known = None if isinstance(posts, str) else [_post_record(each) for each in posts]
    sources = [
        {"brief": brief.slug, "source": id_, "title": brief.sources[id_].title, "url": brief.sources[id_].url}
        for brief, id_ in resting.sources
    ]
    claims = [_claim_record(use, resting.files[use.brief.slug]) for use in resting.uses]
    unknown = posts if isinstance(posts, str) else None
    return to_json({"sources": sources, "claims": claims, "posts": known, "posts_unknown": unknown})


def _claim_record(use: SourceUse, file: BriefFile) -> dict[str, Any]:
    position = file.find(use.at)
    return {
        "path": str(file.path),
        "line": position.line,
        "column": position.column,
        "brief": use.brief.slug,
        "status": use.brief.status,
        "section": use.section,
        "id": use.claim.id,
        "standing": use.claim.standing,
        "text": use.claim.text,
        "sources": list(use.sources),
        "quotes": [each.quote for each in use.evidence if each.quote],
        "rests_on_nothing_else": use.rests_on_nothing_else and not use.is_searched,
    }


def _post_record(post: ClaimPost) -> dict[str, Any]:
    return {
        "team": post.team,
        "channel": post.channel,
        "ts": post.ts if post.channel else None,
        "thread_ts": post.thread_ts if post.channel else None,
        "posted_at": f"{post.posted_at:%Y-%m-%dT%H:%M:%SZ}",
        "editable": post.error is None,
        "claims": [f"{each.slug}/{each.claim}" for each in post.claims],
    }


FORMATS = {"text": text, "json": json}

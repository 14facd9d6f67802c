"""What the bot has said in public: what the ledger keeps of a post, and the post made again with what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bot.core.answers import answer
from bot.core.answers.answer import Answer, Reply, SearchResults
from bot.core.answers.lookup import answer_of
from bot.core.briefs.brief import Brief, Claim
from bot.core.changes.announcement import Announcement
from bot.core.changes.change_notes import is_general, names
from bot.core.changes.correction import CORRECTING, ClaimCorrection
from bot.core.commands.outcome import Outcome
from bot.core.digests.digest import PLAN, Digest
from bot.core.subscriptions.subscription import SubscriptionSpec, parse_filters, parse_target
from bot.handlers.changes import announcements
from bot.handlers.context import Services
from bot.handlers.delivery import correct_posts
from bot.handlers.delivery.wake_workers import wake_workers
from bot.handlers.ports import Caller, Posted
from bot.render.changes.announcement import update_layout
from bot.render.delivery.correction_notes import Correction, with_corrections
from bot.render.digests.digest import Part, digest_items, digest_layout, part_of
from bot.render.document.document import Layout
from bot.render.document.message import Message, message_from, shared, with_footer
from bot.render.document.paging import page_of, paginate
from bot.render.reply_layout import layout
from bot.store import posted_messages, publications
from bot.store.posted_messages import PostedClaim, PostedMessage

ClaimInBrief = tuple[Brief, str, str, Claim]
"""A claim with its brief, section and section's title."""


@dataclass(frozen=True, slots=True)
class PostRecord:
    """What the ledger keeps: how to make the post again, and the claims that it shows, in its order."""

    content: Mapping[str, Any]
    claims: tuple[PostedClaim, ...] = ()


def record_of_reply(reply: Reply | Outcome, page: int, command: str, by: str | None) -> PostRecord | None:
    """A page of an answer or of search hits, under the name of who shared it; None for what shows no claims, and for
    words of which it says itself that they do not stand any more."""
    if not isinstance(reply, Answer | SearchResults) or (isinstance(reply, Answer) and reply.superseded):
        return None
    items = list(paginate(layout(reply, command)))
    page = min(page, len(items))
    before = sum(len(each) for each in items[: page - 1])
    excerpts = reply.excerpts[before : before + len(items[page - 1])]
    content: dict[str, Any] = {"page": page, "pages": len(items), "by": by}
    if isinstance(reply, Answer):
        content |= {"kind": "answer", "section": reply.section}
    else:
        content |= {"kind": "hits", "section": reply.section, "words": reply.words, "with_all": reply.with_all}
        content |= {"sections": [e.section for e in excerpts]}
    return PostRecord(content, tuple(PostedClaim(e.brief.slug, e.claim.id) for e in excerpts))


def record_of_announcement(found: Announcement, base: int, wishes: Sequence[SubscriptionSpec]) -> PostRecord:
    """A post of what changed."""
    claims = [change.after for change in found.changes if isinstance(change.after, Claim)]
    wished = [[str(wish.target), " ".join(map(str, wish.filters))] for wish in wishes]
    content = {"kind": "change", "slug": found.change_set.slug, "base": base, "wishes": wished}
    content |= {"because": found.reason}
    ids = dict.fromkeys(claim.id for claim in claims)
    return PostRecord(content, tuple(PostedClaim(found.change_set.slug, claim) for claim in ids))


def record_of_digest(found: Digest, part: Part, command: str) -> PostRecord:
    """One message of a digest."""
    told = digest_items(found, command)[part.start : part.end]
    content = {"kind": "digest", "plan": PLAN.dump_python(found.plan, mode="json"), "part": asdict(part)}
    ids = dict.fromkeys(each.claim for each in told if each.claim)
    return PostRecord(content, tuple(PostedClaim(*claim) for claim in ids))


def record_post(
    connection: Connection, services: Services, said: PostRecord, posted: Posted, caller: Caller, publication: int
) -> None:
    """Writes a post into the ledger; what was published while it was on its way reaches it as well."""
    now = services.now()
    number = posted_messages.add(
        connection,
        team=caller.team,
        enterprise=caller.enterprise,
        channel=posted.channel,
        ts=posted.ts,
        thread_ts=caller.thread_ts,
        publication=publication,
        content=dict(said.content),
        claims=said.claims,
        at=now,
    )
    if number is not None:
        late = correct_posts.correct_if_stale(connection, services.store, posted_messages.get(connection, number), now)
        wake_workers(connection, services.queue, late, now)


# Made again


def rerender(connection: Connection, services: Services, shown: PostedMessage) -> Message:
    """The post as it reads with all that was corrected of it since."""
    became = correct_posts.corrections_since(connection, services.store, shown)
    corrections = [each for _, each in corrections_of(connection, services, shown, became)]
    content = shown.content
    if content["kind"] == "change":
        found, _ = announcements.announcement_for(
            connection, services, content["slug"], content["base"], shown.publication, _wishes(content)
        )
        if found is None:
            raise LookupError(f"post {shown.id} shows no change any more")
        made = with_corrections(update_layout(found, services.command), corrections, now=True)
        message = message_from(page_of(made, 1, 1))
        return with_footer(message, content["because"]) if content["because"] else message
    if content["kind"] == "digest":
        told = announcements.digest_for(connection, services, PLAN.validate_python(content["plan"]))
        return message_from(part_of(digest_layout(told, services.command), Part(**content["part"]), corrections))
    made = with_corrections(_rerender_excerpts(connection, services, shown, became), corrections, now=False)
    message = message_from(page_of(made, content["page"], content["pages"]))
    return shared(message, content["by"]) if content["by"] else message


def _rerender_excerpts(
    connection: Connection, services: Services, shown: PostedMessage, became: correct_posts.ClaimCorrections
) -> Layout:
    """An answer, or hits, with each corrected claim as it reads now, and without those that were withdrawn."""
    content, corpus = shown.content, services.corpus.corpus
    spots = [_now(spot, became.get(place, ())) for place, spot in enumerate(shown_claims(connection, services, shown))]
    excerpts = answer.excerpts([spot for spot in spots if spot is not None])
    if content["kind"] == "hits":
        section = content["section"]
        title = corpus.section_title(section) if section else None
        return layout(SearchResults(content["words"], section, title, excerpts, content["with_all"]), services.command)
    brief = _brief_at(connection, services, shown.claims[0].slug, shown.publication)
    whole = answer_of(content["section"], brief, corpus, share=False, today=services.now().date())
    return layout(replace(whole, excerpts=excerpts), services.command)


def shown_claims(connection: Connection, services: Services, shown: PostedMessage) -> list[ClaimInBrief]:
    """The claims of a post as they were when it was made."""
    corpus, slugs = services.corpus.corpus, {each.slug for each in shown.claims}
    briefs = [_brief_at(connection, services, slug, shown.publication) for slug in slugs]
    spots: dict[tuple[str, str], ClaimInBrief] = {
        (brief.slug, claim.id): (brief, key, corpus.section_title(key), claim)
        for brief in briefs
        for key, section in brief.sections.items()
        for claim in section.claims
    }
    return [spots[each.slug, each.claim] for each in shown.claims]


def _now(spot: ClaimInBrief, became: Sequence[ClaimCorrection]) -> ClaimInBrief | None:
    if not became:
        return spot
    last = became[-1]
    if last.after is None or last.brief is None:
        return None
    return last.brief, spot[1], spot[2], last.after


def _brief_at(connection: Connection, services: Services, slug: str, number: int) -> Brief:
    """Raises: LookupError where the brief was not there."""
    brief = services.store.brief(connection, slug, publications.revision_at(connection, slug, number))
    if brief is None:
        raise LookupError(f"{slug} was not there at publication {number}")
    return brief


def corrections_of(
    connection: Connection, services: Services, shown: PostedMessage, became: correct_posts.ClaimCorrections
) -> list[tuple[int, Correction]]:
    """What happened to a post's claims, by publication, oldest first; one for each brief of a publication."""
    fates = [(shown.claims[place].slug, fate) for place, each in sorted(became.items()) for fate in each]
    found = []
    for number, slug in sorted({(fate.publication, slug) for slug, fate in fates}):
        here = [fate for other, fate in fates if (fate.publication, other) == (number, slug)]
        found.append((number, _correction(connection, services, shown, slug, number, here)))
    return found


def _correction(
    connection: Connection,
    services: Services,
    shown: PostedMessage,
    slug: str,
    number: int,
    here: Sequence[ClaimCorrection],
) -> Correction:
    claims = tuple((fate.before.text, fate.after.text if fate.after else None) for fate in here)
    after = services.store.brief(connection, slug, publications.revision_at(connection, slug, number))
    gone = after is None or after.status == "withdrawn"
    title = _brief_at(connection, services, slug, shown.publication).title if gone else None
    return Correction(here[0].on, claims, _note(connection, services, slug, number, here), title)


def _note(
    connection: Connection, services: Services, slug: str, number: int, here: Sequence[ClaimCorrection]
) -> str | None:
    """Of the notes that came with a publication: the newest that names one of the claims, else the newest that names
    nothing."""
    (step,) = publications.revision_changes(connection, slug=slug, after=number - 1, until=number)
    found = services.store.change_set(connection, slug, step.before, step.after)
    notes = [note for note in found.notes if note.kind in CORRECTING] if found else []
    ids = {id_ for fate in here for id_ in (fate.before.id, fate.after.id if fate.after else fate.before.id)}
    naming = [n for n in notes if names(n, "claim", ids)] or [n for n in notes if is_general(n)]
    return naming[0].note if naming else None


def _wishes(content: Mapping[str, Any]) -> list[SubscriptionSpec]:
    return [SubscriptionSpec(parse_target(aim), parse_filters(conditions)) for aim, conditions in content["wishes"]]

"""The note in a thread about what a publication corrected of the posts there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.core.changes.correction import ClaimCorrection
from bot.core.commands.command import Show
from bot.core.delivery.content import CorrectionNote
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.correct_posts import CorrectionsByClaim, corrections_since
from bot.handlers.delivery.prepared_message import NotSent, PreparedMessage
from bot.handlers.delivery.slack_errors import is_passing
from bot.handlers.ports import ApiFailure
from bot.render.delivery.correction_notes import Correction, EditState, note
from bot.render.document.message import message_from
from bot.store.posted_messages import PostedClaim, PostedMessage
from bot.store.store import Transaction


def correction_note(tx: Transaction, services: Services, content: CorrectionNote) -> PreparedMessage | NotSent:
    """One note about all of its posts that are not forgotten."""
    found = [post for number in (content.post_id, *content.others) if (post := tx.posted_messages.find(number))]
    by_post = [(post, corrections_since(tx, post)) for post in sorted(found, key=_age)]
    corrected = [(post, each) for post, by_claim in by_post if (each := _by(content.publication, by_claim))]
    if not corrected:
        return "void"
    corrections = _corrections(tx, corrected)
    # A withdrawn brief has no sections to open.
    is_gone = any(each.brief and each.effect != "reinstated" for each in corrections)
    sections = [] if is_gone else _sections(tx, services, corrected, content.publication)
    message = message_from(note(corrections, sections, [_state_of_edit(post.error) for post, _ in corrected]))
    # A post that is itself a reply has no thread of its own.
    return PreparedMessage(message, found[0].thread_ts or found[0].ts)


def _age(post: PostedMessage) -> int:
    return post.id


def _by(publication: int, by_claim: CorrectionsByClaim) -> CorrectionsByClaim:
    """What one publication corrected."""
    corrected = {n: [each for each in all_ if each.publication == publication] for n, all_ in by_claim.items()}
    return {n: all_ for n, all_ in corrected.items() if all_}


@dataclass(slots=True)
class _OfBrief:
    """The claims of a brief in all posts, each once under its id of now, with what a publication corrected of them:
    what it put back, and the others. `post` is the last that shows the brief."""

    post: PostedMessage
    claims: dict[str, PostedClaim] = field(default_factory=dict)
    reinstated: dict[str, ClaimCorrection] = field(default_factory=dict)
    corrected: dict[str, ClaimCorrection] = field(default_factory=dict)

    def add(self, post: PostedMessage, claim: PostedClaim, correction: ClaimCorrection | None) -> None:
        self.post = post
        id_ = (correction.after or correction.before).id if correction else claim.claim
        self.claims[id_] = claim
        if correction:
            (self.reinstated if correction.effect == "reinstated" else self.corrected)[id_] = correction


def _corrections(tx: Transaction, corrected: Sequence[tuple[PostedMessage, CorrectionsByClaim]]) -> list[Correction]:
    """Each claim once, in the words of the last post that shows it."""
    briefs: dict[str, _OfBrief] = {}
    for post, by_claim in corrected:
        for n, claim in enumerate(post.claims):
            brief = briefs.setdefault(claim.slug, _OfBrief(post))
            brief.add(post, claim, next(iter(by_claim.get(n, ())), None))
    return [
        posted_messages.correction_in(tx, replace(brief.post, claims=tuple(brief.claims.values())), slug, all_)
        for slug, brief in sorted(briefs.items())
        for all_ in (list(brief.corrected.values()), list(brief.reinstated.values()))
        if all_
    ]


def _sections(
    tx: Transaction,
    services: Services,
    corrected: Sequence[tuple[PostedMessage, CorrectionsByClaim]],
    publication: int,
) -> list[tuple[str, Show]]:
    sections = (
        section
        for post, by_claim in corrected
        for section in posted_messages.corrected_sections(tx, services, post, by_claim, publication)
    )
    return list(dict.fromkeys(sections))


def _state_of_edit(error: str | None) -> EditState:
    if error is None:
        return "done"
    return "open" if is_passing(ApiFailure(error)) else "never"

"""What stands above the briefs of a preview: what readers are told, who hears, what is wrong, and the digest."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from markupsafe import Markup

from bot.content.evidence_lock import LOCK_FILE
from bot.core.changes.announcement import Announcement
from bot.core.delivery.radius import Radius
from bot.core.digests.digest import Digest, Plan, group_by_kind
from bot.core.digests.outline import Outline
from bot.core.linting.diagnostic import is_error
from bot.core.linting.gate import STORE
from bot.core.subscriptions.subscription import SubscriptionSpec, Target
from bot.preview.brief_html import BriefDrawer, kind_class
from bot.preview.brief_view import BriefView
from bot.preview.problem_html import counted, problem_list
from bot.preview.reading import Preview
from bot.preview.states import NEW_STATE
from bot.render.changes.told_summary import told_summary
from bot.render.delivery.radius import radius_lines, radius_summary
from bot.render.digests.items import outline_entry
from bot.render.document.html_text import join
from bot.render.document.phrases import count

Heard = Radius | Literal["counting"] | None
"""Who would hear; None where no database is named."""

REASON = "For a channel that follows all briefs, and has a digest once a day."
FORCE = "briefbot publish --force"
ALL_HELD = "as they have errors; readers keep their last versions"


def summary(preview: Preview, views: Sequence[BriefView], heard: Heard, drawer: BriefDrawer) -> Markup:
    """The parts of the summary, each with an id."""
    parts = [
        ("told", _told(preview)),
        ("counts", _counts(preview, views)),
        ("held", _held(preview, views)),
        ("heard", _heard(heard)),
        ("silent", _silent(preview)),
        ("store", problem_list(preview.problems.get(STORE, ()), {STORE: _store_text(preview)})),
        ("quotes", problem_list(preview.problems.get(LOCK_FILE, ()), {})),
        ("digest", _digest(preview, drawer)),
    ]
    return join(Markup('<div class="part {0}" id=summary-{0}>{1}</div>').format(*each) for each in parts if each[1])


def index(views: Iterable[BriefView]) -> Markup:
    """The list of the briefs that differ or are wrong, as links to them."""
    return join(_entry(each) for each in views if each.fate != "unchanged")


def _entry(view: BriefView) -> Markup:
    errors = Markup(" <span class=errors>{}</span>").format(count(view.errors, "error")) if view.errors else ""
    return Markup(
        '<li id="entry-{slug}"><a href="#brief-{slug}"><span class="kind {kind}">{label}</span> {title}{errors}</a>'
        "</li>"
    ).format(slug=view.slug, kind=kind_class(view), label=view.label, title=view.title, errors=errors)


def states(preview: Preview) -> Markup:
    """What is compared."""
    return Markup("<p id=compared><b>{}</b> → <b>{}</b></p>").format(preview.base, NEW_STATE.lower())


def _held(preview: Preview, views: Sequence[BriefView]) -> Markup:
    """What the gate would hold back, and why."""
    if held := preview.comparison.held:
        words = "The bot would publish nothing of this: {}. If it is meant: "
        return Markup("<p>{}<code>{}</code></p>").format(words.format(held), FORCE)
    links = [Markup('<a href="#brief-{0}">{0}</a>').format(each.slug) for each in views if each.fate == "held"]
    for name, place, shown in ((STORE, "store", "_store.yaml"), (LOCK_FILE, "quotes", LOCK_FILE)):
        if any(map(is_error, preview.problems.get(name, ()))):
            links.append(Markup('<a href="#summary-{}">{}</a>').format(place, shown))
    if not links:
        return Markup("")
    why = "as it has errors; readers keep its last version" if len(links) == 1 else ALL_HELD
    return Markup("<p>Held back, {}: {}.</p>").format(why, Markup(", ").join(links))


def _told(preview: Preview) -> Markup:
    first, *others = told_summary(preview.comparison.posts).split("\n")
    return Markup("<p class=lead>{}</p>{}").format(first, join(Markup("<p>{}</p>").format(each) for each in others))


def _counts(preview: Preview, views: Sequence[BriefView]) -> Markup:
    every = [each for problems in preview.problems.values() for each in problems]
    unchanged = sum(each.fate == "unchanged" for each in views)
    silent = len(preview.comparison.silent)
    rows = [(each.split()[1].rstrip("s"), each) for each in counted(every)]
    rows = rows if any(map(is_error, every)) else [("fine", "no error"), *rows]
    rows += [("quiet", count(silent, "silent change")), ("quiet", f"{count(unchanged, 'brief')} unchanged")]
    rows = [(kind, words) for kind, words in rows if words.strip() not in ("", "unchanged")]
    items = join(Markup("<li class={}>{}</li>").format(kind, words) for kind, words in rows)
    return Markup("<ul>{}</ul>").format(items)


def _heard(heard: Heard) -> Markup:
    if heard is None:
        return Markup("")
    if heard == "counting":
        return Markup("<p class=waits>Who will hear is being counted …</p>")
    rows = join(Markup("<li>{}</li>").format(each) for each in radius_lines(heard))
    below = Markup("<ul>{}</ul>").format(rows) if rows else Markup("")
    return Markup("<p><b>{}</b></p>{}{}").format(radius_summary(heard), below, _links(heard))


def _links(heard: Radius) -> Markup:
    """The channels in Slack."""
    places = [*(each.place for each in heard.audiences), *(each.place for each in heard.edited)]
    places += [each.place for each in heard.digests]
    named = sorted({(each.team, each.channel) for each in places if each.channel})
    links = (
        Markup('<a href="https://slack.com/app_redirect?team={0}&amp;channel={1}">{1}</a>').format(team, channel)
        for team, channel in named
    )
    shown = Markup(" · ").join(links)
    return (
        Markup("<details data-fold=channels><summary>Open in Slack</summary><p>{}</p></details>").format(shown)
        if named
        else shown
    )


def _silent(preview: Preview) -> Markup:
    lines = preview.comparison.silent
    if not lines:
        return Markup("")
    rows = join(Markup("<li>{}</li>").format(each) for each in lines)
    return Markup(
        "<details data-fold=silent open><summary>Readers will not be told ({})</summary><ul>{}</ul></details>"
    ).format(len(lines), rows)


def _store_text(preview: Preview) -> str:
    store = preview.versions.stores[1]
    return store.text if store else ""


# The digest


def _digest(preview: Preview, drawer: BriefDrawer) -> Markup:
    if not preview.comparison.posts:
        return Markup("")
    shown = drawer.post(digest_of(preview.comparison.posts, preview))
    return Markup("<details data-fold=digest><summary>As a digest</summary>{}</details>").format(shown)


def digest_of(posts: Iterable[Announcement], preview: Preview) -> Digest:
    """The digest of a channel that follows everything, if nothing else changed on that day."""
    groups = group_by_kind(posts)
    until = datetime.combine(preview.on, time(23, 59), UTC)
    everything = (SubscriptionSpec(Target(), deliver="digest"),)
    plan = Plan(until - timedelta(days=1), until, 0, 1, "UTC", everything, reason=REASON)
    return Digest(plan, groups, Outline(tuple(map(outline_entry, groups))))

"""Names that the product gave up, by kind and by the layers in which they may not come back."""

from dataclasses import dataclass
from pathlib import Path

COMPOSITION = "bootstrap app demo"


@dataclass(frozen=True)
class Scoped:
    """`layers` are the packages or files below `bot`, separated by spaces, "" for all. As many definitions of a name as
    `may_stay` are another thing of the same name."""

    layers: str
    words: str
    may_stay: int = 0

    @property
    def names(self) -> list[str]:
        """Each name once, in the order of the table."""
        return self.words.split()

    def holds(self, path: Path) -> bool:
        """Whether the layers hold a file; its path begins with `bot/`."""
        return not self.layers or Path(path.parts[1]).stem in self.layers.split()


TYPES = (
    Scoped("core", "Wish Unclear Times Asking Looking Following Keeping Misspelt Use Names Near Shown Kept Entry Done"),
    Scoped("core", "Due", may_stay=1),  # the fire times that are due
    Scoped(
        "core",
        "Digests Hits Nothing Choice HelpPage Superseded BriefFile SectionName Shelf Memo Tally Pace Limit",
    ),
    Scoped("core", "Placed Update Fate Step Refusal"),
    Scoped("handlers", "Office Desk Readers Proposal Proposer Kept Sets Lane Lanes Parcel Unsent Known Said Spot"),
    Scoped("handlers", "Place Person Refused Sender"),
    Scoped("store", "Owed Shown Claimed Post Calendar Scheduled Fired Step"),
    Scoped("jobs", "Claim Ticker Every"),
    Scoped(COMPOSITION, "Desks"),
    Scoped("content", "Outcome"),
    Scoped("workspace", "Served Hub OneUse"),
)

CONSTANTS = (
    Scoped("", "VERBS_THAT_KEEP GRAVITY UNCOVERED PRESSES CANNOT_LOOK NAP BEAT PATIENCE FRESH SETTLED TOGETHER"),
    Scoped("", "TRIES KEPT REMEMBERED TOLD_KEPT QUIET CLOCK_SLACK READING UPDATES CHANNEL_GAP"),
    Scoped("core", "VERB SOON"),
    Scoped("core", "RULES", may_stay=1),  # the rules of `briefbot check`
    Scoped("handlers", "NEXT MEANINGS _MADE"),
)

MODULES = (
    Scoped("bootstrap", "bootstrap"),
    Scoped(
        "core", "wish digest_words names press keeping shelf memo tally pace edits changeset pairing visible typography"
    ),
    Scoped("core", "update zones"),
    Scoped(
        "handlers", "office desk readers on_revision on_tick on_digest on_look_back on_follow on_press allowed on_lane"
    ),
    Scoped("handlers", "lanes compose deliver said news correct outcome pause"),
    Scoped("store", "ledger questions events"),
    Scoped("render", "changed edited facts preface cited wording words posts keeping schedules digest_list"),
    Scoped("jobs", "engine claim ticker"),
    Scoped("content", "text tree shape"),
)

TABLES = (Scoped("", "shown parsed brief version lane gate"),)

SETTINGS = {"BRIEFBOT_UNKNOWN": "BRIEFBOT_UNCONFIRMED_POSTS"}
"""The old variables with those that took their place."""

FUNCTIONS = (
    Scoped(
        "core", "wish times .often span since option options target filters schedule days begun .which normal nearest"
    ),
    Scoped(
        "core", ".again verbatim Vocabulary.title .went .opens_at between combined diff edits gravest pairs moved _kept"
    ),
    Scoped(
        "core", "renamed renewed differs typeset alike .because .restored .folded fates corrected wanted follows noted"
    ),
    Scoped("core", "covers cities .is_news collate"),
    Scoped(
        "handlers",
        ".asked .reply .shown .is_answered_here .stamp .again .was _backwards _may _hears advance reckon fire",
    ),
    Scoped(
        "handlers", "begins feeding plan_of keep _taken ask shown earlier carry_out _take_back may can_post tell done"
    ),
    Scoped(
        "handlers", "invite ._beat ._over ._hand_over .shut wake sweep record parcel _made _marked _look _not_found_out"
    ),
    Scoped("handlers", "settled again remember spots_of change digest .told reach since catch_up meaning recheck"),
    Scoped("handlers", ".place .person .find .open"),
    Scoped(
        "store", ".about .again .base settle later ready release idle alive begin is_untold withdraw given_up showing"
    ),
    Scoped(
        "store", ".looked_at .rules keep move take alone knows know_files contents use used known put_back everywhere"
    ),
    Scoped("store", "first questions forget .lane .gate .epoch .run"),
    Scoped("render", "of told cut whole as_page compared spots holding statement moment Item.under Item.typed"),
    Scoped("render", "Layout.tight Layout.again Layout.foot"),
    Scoped("jobs", ".of_dead .check .adopt .chores .fatal"),
    Scoped(COMPOSITION, "opened files teller tell _die _first instant"),
    Scoped("slack", "front _word typed pressed asked filled_in written moved .place .person .find WebSender.open"),
    Scoped("content", "limited"),
    Scoped("workspace", "use .use .linked .order .random .met .early understood"),
)
"""Functions; with a dot, methods and fields: of a class or of any. Some of these words are right for something else, so
what is left has a reason."""

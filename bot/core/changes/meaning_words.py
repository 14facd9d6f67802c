"""Words that a text cannot lose, gain or swap and still say the same."""

from collections.abc import Mapping
from typing import Literal

WordKind = Literal["modal word", "quantity word", "comparison", "direction", "time word"]

GROUPS: Mapping[WordKind, str] = {
    "modal word": """
        may | might | can | could | must | shall | should | will | would | ought | able | need needs needed |
        perhaps maybe | likely | unlikely | possible possibly | impossible | probable probably | certain
        certainly | allow allows allowed allowing permit permits permitted permitting | require requires
        required requiring oblige obliges obliged obligatory mandatory compulsory | forbid forbids forbade
        forbidden ban bans banned banning prohibit prohibits prohibited prohibiting | optional voluntary |
        alleged allegedly | reported reportedly | suspected | apparently | proven proved | confirmed | denied |
        expected | planned | proposed | threatened | promised | intended""",
    "quantity word": """
        all | every everyone everybody everything | each | any anyone anybody anything | some someone somebody
        something | most mostly | majority | minority | many | much | few | several | both | either | only sole
        solely | just merely | single | pair couple | dozens | scores | nil | always | often frequently |
        sometimes occasionally | rarely seldom | usually normally | nearly almost | about around approximately
        roughly | exactly precisely | fully entirely wholly completely | partly partially | whole entire | part
        | enough | alone""",
    "comparison": """
        more over above exceed exceeds exceeded exceeding | less fewer under below | least | minimum minimal |
        maximum maximal | greater larger bigger | smaller lesser | greatest largest biggest | smallest | higher
        | lower lowers lowered lowering | highest | lowest | better | worse | best | worst | longer | shorter |
        longest | shortest | earlier sooner | later | earliest | latest | older elder | younger | newer | oldest
        | newest | youngest | faster quicker | slower | fastest | slowest | stronger | weaker | strongest |
        weakest | richer wealthier | poorer | richest | poorest | cheaper | dearer costlier | wider | narrower |
        heavier | lighter | closer nearer | farther further | same identical | different | equal equally |
        similar | within | outside | inside | between | beyond""",
    "direction": """
        increase increases increased increasing increasingly rise rises rose risen rising raise raises raised
        raising grow grows grew grown growing growth climb climbs climbed climbing soar soars soared soaring
        surge surges surged surging expand expands expanded expanding expansion | decrease decreases decreased
        decreasing fall falls fell fallen falling cut cuts cutting reduce reduces reduced reducing reduction
        reductions shrink shrinks shrank shrunk shrinking drop drops dropped dropping decline declines declined
        declining plunge plunges plunged plunging slump slumps slumped slumping | before | after | pre | post |
        pro | anti | plus | minus | until till | since | into | out | up | down | against | left | right | gain
        gains gained gaining | lose loses lost losing loss losses loser losers | widen widens widened widening |
        narrow narrows narrowed narrowing | strengthen strengthens strengthened | weaken weakens weakened |
        improve improves improved improving improvement | worsen worsens worsened worsening | win wins won
        winning winner winners | import imports imported importing importer importers | export exports exported
        exporting exporter exporters | buy buys bought buying buyer buyers | sell sells sold selling seller
        sellers | north northern northward northwards | south southern southward southwards | east eastern
        eastward eastwards | west western westward westwards | accept accepts accepted accepting acceptance |
        reject rejects rejected rejecting rejection | approve approves approved approving approval | refuse
        refuses refused refusing refusal | support supports supported supporting supporter supporters | oppose
        opposes opposed opposing opposition opponent opponents | agree agrees agreed agreeing agreement |
        disagree disagrees disagreed disagreement | deny denies denying denial | pass passes passed passing |
        fail fails failed failing failure | lack lacks lacked lacking | enter enters entered entering | leave
        leaves leaving | open opens opened opening | close closes closed closing | begin begins began begun
        start starts started starting | end ends ended ending stop stops stopped cease ceased | arrest arrests
        arrested | release releases released | convict convicts convicted | acquit acquits acquitted | guilty |
        innocent | true | false | uphold upholds upheld | overturn overturns overturned""",
    "time word": """
        seconds | minute minutes | hour hours hourly | day days daily | week weeks weekly | month months monthly
        | quarterly | year years yearly annual annually | decade decades | century centuries | now currently
        current | today | yesterday | tomorrow | last | next | previous previously former formerly | future |
        early | late | recent recently | soon | already | still | yet | again | ago | morning | afternoon |
        evening | night | noon | midnight | summer | autumn | winter""",
}
"""Of each kind the groups of words that may stand for each other; `|` stands between them."""


def _words() -> dict[str, tuple[WordKind, str]]:
    groups = ((kind, group.split()) for kind, text in GROUPS.items() for group in text.split("|"))
    return {word: (kind, group[0]) for kind, group in groups for word in group}


MEANING_WORDS: Mapping[str, tuple[WordKind, str]] = _words()
"""The kind of each word, and the word that stands for it and all that say the same."""

SIGNS = "<>=≤≥≠≈~±×÷+"
"""Signs that compare or calculate."""

"""Rules B220 to B226 and B228: groups, leads, the sections of caveats, and the brief that goes on. Checked in
`arrangement`."""

from bot.core.linting.echo import did_you_mean, quoted
from bot.core.linting.rules import rule


@rule("B220")
def unknown_claim_in_group(claim: str, section: str, nearest: str | None) -> tuple[str, str]:
    """A group names a claim that its section does not have.

    Wrong:

        sections:
          legal:
            groups: [{title: The duty, claims: [duty-stay]}]
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}

    Right:

        sections:
          legal:
            groups: [{title: The duty, claims: [duty-stays]}]
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
    """
    hint = did_you_mean(claim, nearest, "fix the id, or remove it from the group")
    return f"the group names {quoted(claim)}, which is no claim of the section {quoted(section)}", hint


@rule("B221")
def claim_in_two_groups(claim: str, group: str) -> tuple[str, str]:
    """A claim stands in two groups of its section, or twice in one. Readers would see it twice.

    Wrong:

        sections:
          legal:
            groups:
              - {title: The duty, claims: [duty-stays]}
              - {title: The harbour, claims: [duty-stays]}
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}

    Right:

        sections:
          legal:
            groups:
              - {title: The duty, claims: [duty-stays]}
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
    """
    return f"the claim {quoted(claim)} stands in the group {quoted(group)} already", "remove one of the two"


@rule("B222")
def folded_before_others() -> tuple[str, str]:
    """`folded: true` on a group that is not the last of its section. What is folded stands behind *Show all*, at the
    end.

    Wrong:

        sections:
          legal:
            groups:
              - {title: The duty, claims: [duty-stays], folded: true}
              - {title: The harbour, claims: [port-shut]}
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: port-shut, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}

    Right:

        sections:
          legal:
            groups:
              - {title: The harbour, claims: [port-shut]}
              - {title: The duty, claims: [duty-stays], folded: true}
            claims:
              - {id: duty-stays, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: port-shut, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}
    """
    return "only the last group of a section may be folded", "move this group to the end, or remove `folded`"


@rule("B223")
def too_many_leads(max_leads: int) -> tuple[str, str]:
    """More than two claims of a section say `lead: true`. Leads stand under *In short*: what answers for the section.

    Wrong:

        sections:
          legal:
            claims:
              - {id: a, lead: true, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: b, lead: true, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}
              - {id: c, lead: true, text: Tea was lost in 1773., evidence: [{source: gazette, quote: tea was lost}]}

    Right:

        sections:
          legal:
            claims:
              - {id: a, lead: true, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: b, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}
              - {id: c, text: Tea was lost in 1773., evidence: [{source: gazette, quote: tea was lost}]}
    """
    return f"this section has more than {max_leads} leads", "leave `lead: true` on the ones that answer for it"


@rule("B224")
def unknown_section_in_caveat(section: str, nearest: str | None) -> tuple[str, str]:
    """A caveat concerns a section that the brief does not have. It would be shown nowhere.

    Wrong:

        caveats:
          - {text: The minutes were not read., sections: [leagl]}

    Right:

        caveats:
          - {text: The minutes were not read., sections: [legal]}
    """
    hint = did_you_mean(section, nearest, "name a section of this brief, or leave `sections` out")
    return f"this brief has no section {quoted(section)}", hint


@rule("B225", "warning")
def bad_successor(slug: str, reason: str, nearest: str | None) -> tuple[str, str]:
    """`continued_in` names no published brief of the store, or the brief itself, or one that goes on in this one again.
    Readers are shown no successor then. It is a warning, so that a brief is not kept from readers because the file of
    another is away; `lint-ignore` cannot leave it, as it is about two files.

    Wrong:

        continued_in: harbor

    Right:

        continued_in: harbour
    """
    hint = did_you_mean(slug, nearest, "name the brief that goes on where this one ends, or remove `continued_in`")
    return f"the brief {quoted(slug)}, in which this one goes on, {reason}", hint


@rule("B226", "warning")
def no_lead(section: str, claims: int) -> tuple[str, str]:
    """A section of a published brief with more than four claims, none of which says `lead: true`. Readers see its first
    claim under *In short*, which answers by chance.

    Wrong:

        sections:
          legal:
            claims:
              - {id: a, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: b, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}
              - {id: c, text: Tea was lost in 1773., evidence: [{source: gazette, quote: tea was lost}]}
              - {id: d, text: The town was sued in 1774., evidence: [{source: gazette, quote: the town was sued}]}
              - {id: e, text: The duty ended in 1778., evidence: [{source: gazette, quote: the duty was lifted}]}

    Right:

        sections:
          legal:
            claims:
              - {id: a, lead: true, text: Tea was taxed in 1773., evidence: [{source: gazette, quote: tea was taxed}]}
              - {id: b, text: The port shut in 1774., evidence: [{source: journal, quote: the port shut}]}
              - {id: c, text: Tea was lost in 1773., evidence: [{source: gazette, quote: tea was lost}]}
              - {id: d, text: The town was sued in 1774., evidence: [{source: gazette, quote: the town was sued}]}
              - {id: e, text: The duty ended in 1778., evidence: [{source: gazette, quote: the duty was lifted}]}
    """
    return (
        f"the section {quoted(section)} has {claims} claims and no lead",
        "mark the one or two that answer for it with `lead: true`",
    )


@rule("B228", "warning")
def too_many_open_words(section: str, words: int, max_words: int, is_folded: bool) -> tuple[str, str]:
    """The claims, standing words and notes of a section that are shown at once have more than 450 words, which is more
    than one screen. Those of a last group with `folded: true` do not count: they stand behind *Show all*. Wrong:
    fifteen claims of forty words, all open. Right: the five that matter least in a last group with `folded: true`."""
    hint = "move more claims into the folded group" if is_folded else "fold the last group with `folded: true`"
    return f"the section {quoted(section)} shows {words} words at once; {max_words} are one screen", hint

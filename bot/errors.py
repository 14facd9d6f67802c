"""The exceptions that this project raises itself; each carries what a person needs to go on."""


class BriefbotError(Exception):
    """Root of the tree. `str(error)` is one sentence: what, where, and what to do next."""


class SettingsError(BriefbotError):
    """A setting or an argument that nothing can start with."""


class UncitedExcerptError(BriefbotError):
    """A claim was about to be shown without evidence and without a standing that says so."""

    def __init__(self, claim_id: str) -> None:
        super().__init__(f'claim "{claim_id}" has no evidence and no standing that says so; it is not shown')
        self.claim_id = claim_id

"""The exceptions that this project raises. Each message says what is wrong, where, and what to do."""


class BriefbotError(Exception):
    """Base class. `str(error)` is for people: one line for each problem."""


class SettingsError(BriefbotError):
    """A setting or an argument of the command line is wrong."""


class BriefNameError(SettingsError):
    """A new brief cannot have this name: it is no slug, or means something else."""


class SealedTokenError(SettingsError):
    """No key opens the token of a workspace or organisation, `owner`."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            f"no key of BRIEFBOT_SECRET_KEY opens the token of {owner} in the database; add the key that it was stored "
            "with, behind a comma, or install the bot there again"
        )
        self.owner = owner


class NotYetError(SettingsError):
    """A start cannot go on now, and may a little later: what it needs does not answer yet."""


class UncitedExcerptError(BriefbotError):
    """An excerpt was built of a claim that has neither evidence nor a standing that needs none."""

    def __init__(self, claim_id: str) -> None:
        super().__init__(f'claim "{claim_id}" has no evidence and no standing that says so; it is not shown')
        self.claim_id = claim_id


class DatabaseFailureError(BriefbotError):
    """The database refused a statement, or cannot be reached; nothing of the transaction was kept. `remedy` is what an
    operator can do; `passing`: the same may be taken a little later."""

    def __init__(self, cause: str, remedy: str = "look at the database", *, passing: bool = False) -> None:
        super().__init__(cause)
        self.remedy, self.passing = remedy, passing


class UnconfirmedTransactionError(DatabaseFailureError):
    """The database did not say whether it kept the transaction."""


class BackupError(BriefbotError):
    """A file is no backup that can be restored. The message begins with what it is, for behind the file's name."""


class AlreadyPublishedError(BriefbotError):
    """Another process published on the same predecessor first; look at what is published now, and try again."""

    def __init__(self) -> None:
        super().__init__("another process published first; look at what is published now, and try again")


class DecidedError(BriefbotError):
    """Somebody has decided on an ask meanwhile; nothing of the transaction was kept."""

    def __init__(self) -> None:
        super().__init__("another admin has decided meanwhile")


class BusyError(BriefbotError):
    """Another process is handling the same message of Slack's; it is to be delivered again, in case that one dies."""

    def __init__(self) -> None:
        super().__init__("another process is handling the same message; Slack delivers it again")

"""Who the bot is in Slack."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.errors import SettingsError
from bot.slack.app import Identity


def identity(web: WebClient) -> Identity:
    """Who the bot is in the workspace of a client's token. The one `auth.test`, at the start. Raises: SettingsError."""
    try:
        answer = web.auth_test()
    except SlackApiError as error:
        raise SettingsError(f"Slack refuses SLACK_BOT_TOKEN ({error.response['error']}); copy it again") from None
    except OSError as error:
        raise SettingsError(
            f"{web.base_url} cannot be reached ({error}); check the network and SLACK_API_URL"
        ) from None
    return Identity(str(answer["team_id"]), str(answer["user_id"]), str(answer["bot_id"]))

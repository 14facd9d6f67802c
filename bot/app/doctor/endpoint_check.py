"""Asks the HTTP endpoint of a running bot, as Slack would, with a signed request that means nothing."""

import hmac
import time
from hashlib import sha256
from http.client import HTTPConnection, HTTPException

from bot.app.doctor.finding import Finding, ok, warning, wrong
from bot.settings import SlackSettings
from bot.slack.http import ENDPOINT, INVALID_SIGNATURE

TIMEOUT_S = 3
PING = b'{"type":"briefbot_doctor"}'
"""Validly signed, and handled by nobody."""

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104  where such a bot can be asked


def endpoint_finding(slack: SlackSettings) -> Finding:
    """Of the address of the settings. Whether Slack reaches it from outside is not seen from here."""
    host = EVERYWHERE.get(slack.host, slack.host)
    where = f"{host}:{slack.port}"
    try:
        status, text = _ask(host, slack.port, slack.signing_secret or "")
    except ConnectionRefusedError:
        return warning("connection", f"nothing listens on {where}; start the bot, and look again")
    except (OSError, HTTPException) as error:
        reason = str(error) or type(error).__name__
        return wrong("connection", f"{where} does not answer ({reason}); check BRIEFBOT_HOST and BRIEFBOT_PORT")
    if status == 401 and text == INVALID_SIGNATURE:
        return wrong(
            "connection",
            f"the bot on {where} has another SLACK_SIGNING_SECRET, or another time; start it anew with this one",
        )
    if (status, text) != (200, ""):
        return wrong("connection", f"what answers on {where} is no briefbot; end it, or name another BRIEFBOT_PORT")
    return ok("connection", f"the endpoint on {where} takes signed requests; whether Slack reaches it is not seen here")


def _ask(host: str, port: int, secret: str) -> tuple[int, str]:
    """Status and text of the answer. Raises: OSError, HTTPException."""
    timestamp = str(int(time.time()))
    mark = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + PING, sha256).hexdigest()
    # Not through a proxy, whatever the environment says.
    connection = HTTPConnection(host, port, timeout=TIMEOUT_S)
    try:
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={mark}",
        }
        connection.request("POST", ENDPOINT, PING, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(1000).decode(errors="replace")
    finally:
        connection.close()

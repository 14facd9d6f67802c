"""Slack's markup in what was typed: people, channels and links come as ids and addresses between angle brackets."""

import re

_MARKUP = re.compile(r"<(?P<sign>[#@!])(?P<id>[^<>|\s]+)(?:\|(?P<name>[^<>]*))?>")
_LINK = re.compile(r"<(?P<url>(?:https?|mailto):[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>")


def plain_text(text: str) -> str:
    """The words that stand for markup: `<#C1|desk>` is `#desk`, `<@U1|ben>` is `ben`, `<https://a.example|here>` is
    `here`. Without a name it is the id or the address."""
    if "<" not in text:
        return text
    named = _MARKUP.sub(lambda m: ("#" if m["sign"] == "#" else "") + (m["name"] or m["id"]), text)
    return _LINK.sub(lambda m: m["label"] or m["url"], named)

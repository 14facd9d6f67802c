"""Nothing of a name, a message, a modal or a typed text runs in the page."""

from typing import Any

from playwright.sync_api import expect

from bot.workspace.messages import Message
from tests.browser.scene import Scene, plain
from tests.render.document.test_html import blocks

TEXTS = [
    "<script>ran()</script>",
    "<img src=x onerror=ran()>",
    '"><svg onload=ran()><animate onbegin=ran()>',
    "' autofocus onfocus='ran()",
    "&lt;img src=x onerror=ran()&gt;",
    "&amp;lt;img src=x onerror=ran()&amp;gt;",
    "javascript:ran()",
    "<javascript:ran()|press>",
    "<data:text/html,ran()|press>",
    '<https://x.example/" onclick="ran()|press>',
    "<https://x.example|<img src=x onerror=ran()>>",
    "https://x.example/&quot; onclick=&quot;ran()",
    "</article></template></textarea><iframe srcdoc='<script>parent.ran()</script>'>",
    "<style>*{display:none}</style><link rel=stylesheet href=data:text/css,*{display:none}>",
    "<form action=javascript:ran()><button>press</button></form><base href=//x.example>",
    "{{token}} ${ran()}",
]
RAN = "() => { window.ran = () => { ran.times = (ran.times || 0) + 1; }; }"
FOREIGN = (
    "script:not([src^='/static/']), img, svg, iframe, style, link[href*=css]:not([href^='/']), base, object, embed"
)
SEEN = f"""() => {{
  const all = [...document.querySelectorAll("*")];
  const bodies = [document, ...[...document.querySelectorAll("template")].map((each) => each.content)];
  return [
    ...bodies.flatMap((each) => [...each.querySelectorAll("{FOREIGN}")]).map((each) => each.outerHTML),
    ...all.flatMap((each) => [...each.attributes]).map((each) => each.name).filter((name) => /^on|^style$/.test(name)),
    ...all.filter((each) => each.href && !/^(https?:|data:,$)/.test(each.href)).map((each) => each.href),
    ...all.filter((each) => each.matches("form[action]")).map((each) => each.action),
    ...(window.ran.times ? ["it ran"] : []),
  ];
}}"""


def asking(text: str) -> dict[str, Any]:
    """A button whose press is asked about in these words."""
    words = {key: plain(text) for key in ("title", "text", "confirm", "deny")}
    return {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "ask", "text": plain(text), "confirm": words}],
    }


def parts(text: str) -> list[dict[str, Any]]:
    box = {"type": "container", "title": plain(text), "subtitle": plain(text), "child_blocks": [{"type": "divider"}]}
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": text}]]}
    return [*blocks(text), box, table, asking(text)]


ASKED = f"""() => [...document.querySelectorAll("[data-action=ask]")].flatMap((button) => {{
  button.click();
  const seen = ({SEEN})();
  document.getElementById("confirm").close();
  return seen;
}})"""


def test_nothing_of_a_name_a_message_a_modal_or_a_typed_text_runs(scene: Scene) -> None:
    state, tab = scene.workspace.state, scene.tab
    tab.evaluate(RAN)
    for text in TEXTS:
        scene.workspace.add_channel(text, scene.you)
        author = scene.workspace.add_user(text, text)
        state.messages.append(Message(state.next_ts(), scene.channel, author, text, thread_ts=text, broadcast=True))
        state.messages.append(Message(state.next_ts(), scene.channel, author, text, parts(text)))
    tab.fill("#text", " ".join(TEXTS))
    tab.press("#text", "Enter")
    expect(scene.rows()).to_have_count(2 * len(TEXTS) + 1)
    expect(tab.locator("#channels button")).to_have_count(len(TEXTS) + 1)
    assert tab.evaluate(ASKED) == []
    words = {key: plain(" ".join(TEXTS)) for key in ("title", "submit", "close")}
    view = {"id": "V", "hash": "h", "user": scene.you, "type": "modal", "errors": {}}
    state.views["V"] = {**view, **words, "blocks": [block for text in TEXTS for block in blocks(text)]}
    state.changes.announce()
    expect(tab.locator("#view-title")).to_have_text(words["title"]["text"])
    assert tab.evaluate(SEEN) == []
    assert scene.app.sent == []
    scene.complaints[:] = [each for each in scene.complaints if "HH:mm" not in each]  # no time of day, it says

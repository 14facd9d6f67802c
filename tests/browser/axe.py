"""What axe finds on a page."""

from pathlib import Path
from typing import Any, Literal

import axe_core_python
from playwright.sync_api import Page

AXE = Path(axe_core_python.__file__).parent / "axe.min.js"
OPTIONS: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]},
}
"""By colour scheme. In the dark only colours are others, so only the rules on colours are asked for again."""

SLIGHT = frozenset({"minor", "moderate"})


def assert_accessible(page: Page, passes: frozenset[str] = frozenset()) -> None:
    """Asserts that axe finds nothing in either colour scheme, however slight, but for what has an impact that passes.
    Leaves the light scheme behind."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        run = "(options) => axe.run(document, options).then((result) => result.violations)"
        found: list[dict[str, Any]] = page.evaluate(run, OPTIONS[scheme])
        faults = [each for each in found if each["impact"] not in passes]
        assert not faults, (scheme, [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in faults])

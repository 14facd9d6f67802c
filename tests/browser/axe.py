"""What axe finds on a page."""

from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import Page

AXE = Path(axe_core_python.__file__).parent / "axe.min.js"


def assert_accessible(page: Page) -> None:
    """Asserts that axe finds nothing, however slight. The context of the page has to bypass its security policy."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then((result) => result.violations)")
    faults = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found]
    assert not faults, faults

"""A package, so that its fixtures end with it: no other test may run under the event loop of Playwright."""

"""Slack's Web API as the local workspace answers it: one module per family of methods, joined in `web_api`."""

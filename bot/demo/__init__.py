"""The demo: the local workspace, its page and the bot in one process."""

"""briefbot: source-cited briefs in Slack, from YAML files in git."""

__version__ = "0.1.0"

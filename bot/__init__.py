"""briefbot: source-cited briefs in Slack, from YAML files in git."""

"""Slack's edge: the Bolt app, the sender, the HTTP front. The one home of slack_bolt and slack_sdk."""

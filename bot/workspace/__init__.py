"""A local Slack workspace: Slack's side of the protocol, for the demo and for the tests."""

"""Looks at all that a bot needs, and says of each part what is wrong with it and what to do. Changes nothing."""

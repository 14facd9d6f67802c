"""Documents: messages as passages and lines, and their forms as Block Kit, mrkdwn, HTML and plain text."""

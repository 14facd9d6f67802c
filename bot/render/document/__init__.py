"""Documents: from paragraphs and lines to Block Kit, mrkdwn, HTML and plain text."""

"""What Slack refuses in Block Kit, said in its own way."""

"""How replies look: values in, strings and Block Kit out. Pure."""

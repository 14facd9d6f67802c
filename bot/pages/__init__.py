"""Cited pages: asked for politely and safely, and read as text. The only room that needs
`pip install 'briefbot[verify]'`."""

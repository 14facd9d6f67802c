"""Reads brief files: from bytes to briefs or diagnostics. The only package that imports PyYAML."""

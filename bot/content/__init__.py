"""From the bytes of brief files to a corpus, or to diagnostics. The one home of PyYAML."""

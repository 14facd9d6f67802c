"""Changes and lists what channels follow."""

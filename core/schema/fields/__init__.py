"""Field types: each is a frozen model of its keys that also knows how its values are read, kept and shown."""

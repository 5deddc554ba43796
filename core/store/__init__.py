"""Where records live: one protocol, two ways to keep it (``tiny``, ``sql``)."""

"""Records: the one write path, queries with rights applied, the event log, import and export."""

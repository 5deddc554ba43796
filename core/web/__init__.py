"""The doors over HTTP: pages for people (``site``), REST for programs (``api``)."""

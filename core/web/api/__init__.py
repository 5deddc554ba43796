"""The REST API: records, metrics and definitions as JSON, for programs. What a page refuses, it refuses too.

``resources`` answers requests, ``shapes`` makes JSON of rows, ``openapi`` describes all of it from the catalog.
"""

from .routes import api_mount, api_routes

__all__ = ["api_mount", "api_routes"]

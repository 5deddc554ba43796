"""The definition language: text with places → trees of nodes → typed frozen definitions.

``loading`` reads a file, ``reading`` turns its tree into a definition, one file per kind of definition says
what may stand in it, ``fields`` are the field types.
"""

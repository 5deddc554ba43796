"""What the schema floor says: files that cannot be read, definitions that are wrong, values that do not
fit.
"""

from . import Language, Phrases

SPOKEN: dict[Language, dict[str, str]] = {"zh": {"yes": "是", "no": "否"}, "en": {"yes": "Yes", "no": "No"}}

PHRASES: Phrases = {}

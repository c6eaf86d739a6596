"""Keeps a number and what it counts on one line."""

import re

_UNIT = r"(?:%|per cent\b|percent(?:age points?)?\b|(?:thousand|million|billion)s?\b|KZT\b|USD\b|tenge\b)"
_PAIR = re.compile(rf"(?<=\d) (?={_UNIT})")
# Code in Markdown, in which nothing may change: a block between fences, or a span.
_CODE = re.compile(r"(^```.*?^```|`[^`\n]+`)", re.MULTILINE | re.DOTALL)


def unbroken(text: str) -> str:
    """Return a text in which no line breaks between a number and the percent sign or other unit after it.

    >>> unbroken("by 150 % to 120 billion, in `a = 5 % 2`").replace("\\N{NO-BREAK SPACE}", "~")
    'by 150~% to 120~billion, in `a = 5 % 2`'
    """
    parts = _CODE.split(text)
    parts[::2] = [_PAIR.sub("\N{NO-BREAK SPACE}", prose) for prose in parts[::2]]
    return "".join(parts)

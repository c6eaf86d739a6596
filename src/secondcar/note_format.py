"""What the note of a check tells programs.

It is metadata of the display, beside the text and HTML for people::

    {"secondcar": {"exercise": "units-2017-by", "state": "wrong", "mistake": "by-read-as-to"}}

`state` is one of those below. `mistake` names a mistake that the course knows, or is null. The display's plain text
begins with "[heading] exercise: message".
"""

NOTE_KEY = "secondcar"

RIGHT = "right"
WRONG = "wrong"
NOT_ATTEMPTED = "not-attempted"
CANNOT_READ = "cannot-read"
CHECKED_LATER = "checked-later"

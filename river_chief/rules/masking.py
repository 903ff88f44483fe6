"""Phone numbers as people outside the office may see them."""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"""
      (?:\+?86[- ]?)? 1\d{2} [- ] \d{4} [- ] \d{4} (?!\d)  # 138-1234-5678
    | 0\d{2,3} [- ] \d{7,8} (?!\d)                         # 0571-88001234
    | \d{7,}                                               # anything long enough to be called
    """,
    re.VERBOSE,
)
_SHOWN_LAST = 4
_HIDDEN = 4


def mask_phone(phones: str) -> str:
    """The text of a phone field with the digits before each number's last four hidden: 138****1234.

    Several numbers in one field are masked one by one; a short number (12345, 12314) is public.
    """
    return _PHONE.sub(lambda found: _masked(found[0]), phones)


def _masked(phone: str) -> str:
    digits = "".join(sign for sign in phone if sign.isdigit())
    # Long numbers keep three digits at most: an identity number must not show a birthday.
    shown = len(digits) - _SHOWN_LAST - _HIDDEN if len(digits) <= 13 else 3
    head = digits[: max(shown, 0)]
    hidden = len(digits) - len(head) - _SHOWN_LAST
    return f"{head}{'*' * hidden}{digits[-_SHOWN_LAST:]}"

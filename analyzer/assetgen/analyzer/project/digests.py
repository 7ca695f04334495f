"""Digests of what is read.

`hashlib` gives this function, too, but loads OpenSSL for others: that took a tenth of the time of a
run in which nothing changed.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b as blake2b
except ImportError:  # a Python that has it elsewhere
    from hashlib import blake2b as blake2b

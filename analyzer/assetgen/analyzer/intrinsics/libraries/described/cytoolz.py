"""The functions of `toolz`, which `cytoolz` has by the same names."""

from toolz import *  # noqa: F403

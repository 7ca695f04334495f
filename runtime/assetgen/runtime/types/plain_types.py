"""The names that the library has for Python's own types."""

import typing

Any = typing.Any
Bool = bool
Dict = typing.Dict  # noqa: UP006
Float = float
Int = int
List = typing.List  # noqa: UP006
Optional = typing.Optional
Set = typing.Set  # noqa: UP006
String = str
Tuple: typing.Any = typing.Tuple  # noqa: UP006

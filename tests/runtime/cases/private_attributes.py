"""What configurations and resources hold under private names, and what they are as plain data."""

from enum import Enum
from typing import ClassVar

import dagster as dg
from pydantic import PrivateAttr


class Client(dg.ConfigurableResource):
    name: str
    _seen: dict = PrivateAttr(default_factory=dict)
    _unset: int = PrivateAttr()
    _given: list = PrivateAttr([1])
    _plain = {}  # noqa: RUF012
    _annotated: int
    _list: list = []  # noqa: RUF012
    _number: int = 5
    _shared: ClassVar[list] = []

    def model_post_init(self, context):
        self._given.append(self.name)

    def setup_for_execution(self, context):
        self._seen["set up"] = True
        self._unset = 3

    def used(self):
        self._plain["times"] = self._plain.get("times", 0) + 1
        self._list.append(1)
        self._number += 1
        self._shared.append(self.name)
        return [
            self._seen,
            self._unset,
            self._given,
            self._plain,
            self._list,
            self._number,
            len(self._shared),
            hasattr(self, "_annotated"),
        ]


class Quiet(Client):
    _more: dict = PrivateAttr(default_factory=dict)

    def setup_for_execution(self, context):
        pass

    def told(self):
        return [hasattr(self, "_unset"), getattr(self, "_unset", "none"), self._more, self._given]


class Color(Enum):
    RED = "red"


class Inner(dg.Config):
    x: int = 1
    nothing: int | None = None


class Settings(dg.Config):
    inner: Inner = Inner()
    color: Color = Color.RED
    several: list[int] = [1, 2]  # noqa: RUF012
    by_name: dict[str, int] = {"é": 2}  # noqa: RUF012
    nothing: str | None = None
    _seen: list = PrivateAttr(default_factory=list)

    def see(self):
        self._seen.append(1)
        return self._seen


class Open(dg.PermissiveConfig):
    z: int = 1


@dg.asset
def used_twice(client: Client, other: Client):
    client.used()
    return [client.used(), other.used()]


@dg.asset
def quiet(silent: Quiet):
    return silent.told()


@dg.asset
def as_data(config: Settings):
    first, second = Settings(), Settings()
    first.see()
    changed = config.model_copy(update={"nothing": "x"})
    return [
        second.see(),
        repr(first) == repr(Settings()),
        config.model_dump(),
        config.model_dump(mode="json", exclude_none=True),
        config.model_dump(include={"nothing", "several"}),
        config.model_dump(exclude={"inner", "color"}),
        config.model_dump_json(),
        config.model_dump_json(indent=1, exclude_none=True),
        changed.nothing,
        changed.several,
        config.nothing,
    ]


@dg.asset
def with_more(config: Open):
    return config.model_dump()


ASSETS = [used_twice, quiet, as_data, with_more]
RESOURCES = {"client": Client(name="a"), "other": Client(name="b"), "silent": Quiet(name="c")}
RUNS = [{"run_config": {"ops": {"with_more": {"config": {"z": 2, "more": {"q": 1}}}}}}]

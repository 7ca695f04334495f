"""What outlives a run beside the values: the keys of dynamic partitions."""

import json
import os
from collections.abc import Sequence
from pathlib import Path


class Instance:
    """The dynamic partitions of a storage folder; without a folder they live in memory."""

    def __init__(self, folder: "str | os.PathLike[str] | None" = None) -> None:
        """`folder` is that of the storage."""
        self.folder = folder
        self._partitions: dict[str, list[str]] = {}

    def storage_directory(self) -> str:
        """The folder of the storage."""
        return os.fspath(self.folder or ".")

    def get_dynamic_partitions(self, partitions_def_name: str) -> list[str]:
        """The partition keys added under a name, in the order of adding."""
        return list(self._read().get(partitions_def_name, []))

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether a partition key was added under a name."""
        return partition_key in self.get_dynamic_partitions(partitions_def_name)

    def add_dynamic_partitions(
        self, partitions_def_name: str, partition_keys: Sequence[str]
    ) -> None:
        """Add partition keys under a name; those that are there already stay where they are."""
        found = self._read()
        keys = found.setdefault(partitions_def_name, [])
        keys.extend(key for key in dict.fromkeys(partition_keys) if key not in keys)
        self._write(found)

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Take a partition key away."""
        found = self._read()
        found[partitions_def_name] = [
            key for key in found.get(partitions_def_name, []) if key != partition_key
        ]
        self._write(found)

    def _read(self) -> dict[str, list[str]]:
        """All partition keys by name."""
        if self.folder is None:
            return self._partitions
        try:
            found: dict[str, list[str]] = json.loads(self._file().read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def _write(self, partitions: dict[str, list[str]]) -> None:
        """Keep all partition keys."""
        self._partitions = partitions
        if self.folder is not None:
            file = self._file()
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_name(f"{file.name}.{os.getpid()}.tmp")
            draft.write_text(json.dumps(partitions, indent=1), encoding="utf-8")
            draft.replace(file)

    def _file(self) -> Path:
        """Where the partition keys are kept."""
        return Path(self.folder or ".") / ".dynamic_partitions.json"

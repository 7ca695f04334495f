"""`json.load` of a manifest that is not in the repository: what the files of the dbt project
say."""

from __future__ import annotations

from pathlib import Path, PurePath

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Unknown, Value
from assetgen.analyzer.intrinsics.python.documents.json_texts import TABLE as JSON
from assetgen.analyzer.intrinsics.python.system.files import file_of


def _load(call: Call) -> Value:
    """The data; for a manifest that `dbt parse` writes, what it would be."""
    data = JSON[call.name](_positional(call))
    path = file_of(data) if isinstance(data, Unknown) else None
    if path is None or Path(path).name != "manifest.json":
        return data
    # Few files are manifests, and reading them needs many imports.
    from assetgen.analyzer.intrinsics.integrations.dbt.manifests import manifest_from
    from assetgen.analyzer.intrinsics.integrations.dbt.switches import Switches
    from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue, Translation
    from assetgen.analyzer.intrinsics.integrations.dbt.translator import TranslatorValue

    manifest = manifest_from(call, Constant(PurePath(path)))
    if isinstance(manifest, Unknown):
        return data
    return ManifestValue(Translation(call, manifest, TranslatorValue(), Switches()))


def _positional(call: Call) -> Call:
    """The call with its text or file before the options, which `json` also takes by name."""
    name = "fp" if call.name == "json.load" else "s"
    if call.args or name not in call.kwargs:
        return call
    kwargs = dict(call.kwargs)
    source = kwargs.pop(name)
    return Call(call.machine, call.name, (source,), kwargs, call.site, call.receiver, call.losses)


TABLE: dict[str, Intrinsic] = {"json.load": _load, "json.loads": _load}
"""The intrinsics of `json` that also read manifests."""

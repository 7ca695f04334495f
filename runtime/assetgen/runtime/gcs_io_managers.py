"""Values as pickles in Google's Cloud Storage."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from assetgen.runtime.google_resources import GCSResource
from assetgen.runtime.metadata_values import MetadataFact
from assetgen.runtime.pickled_objects import PickledObjects
from assetgen.runtime.resources import ResourceDefinition, from_config


class GCSPickleIOManager(PickledObjects):
    """Each value is an object: below the prefix, the key of the asset and its partition."""

    gcs: GCSResource
    gcs_bucket: str
    gcs_prefix: str = "dagster"

    def put(self, name: str, data: bytes) -> dict[str, MetadataFact]:
        """Upload an object."""
        self.gcs.get_client().bucket(self.gcs_bucket).blob(name).upload_from_string(data)
        return {}

    def get(self, name: str) -> bytes:
        """The content of an object; FileNotFoundError if there is none."""
        blob = self.gcs.get_client().bucket(self.gcs_bucket).blob(name)
        if not blob.exists():
            raise FileNotFoundError(f"there is no {name} in the bucket {self.gcs_bucket}")
        content: bytes = blob.download_as_bytes()
        return content

    def below(self) -> str:
        """The prefix of all names."""
        return self.gcs_prefix

    def place_of_output(self, place: Sequence[str]) -> Sequence[str]:
        """The run's own folder keeps its files apart."""
        run, *rest = place
        return ("storage", run, "files", *rest)


class GivenGCSClient(GCSResource):
    """A client that was made elsewhere."""

    client: Any = None

    def get_client(self) -> Any:
        """The client."""
        return self.client


def gcs_manager(context: Any) -> Any:
    """An IO manager that is configured with a bucket and a prefix, and uses the resource `gcs`."""
    given = context.resources.gcs
    resource = given if isinstance(given, GCSResource) else GivenGCSClient(client=given)
    return from_config(partial(GCSPickleIOManager, gcs=resource), context)


ConfigurablePickledObjectGCSIOManager = GCSPickleIOManager
gcs_pickle_io_manager = ResourceDefinition(gcs_manager, required_resource_keys={"gcs"})

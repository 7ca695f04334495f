"""Values as pickles in Google's Cloud Storage."""

from collections.abc import Sequence

from assetgen.runtime.integrations.google_resources import GCSResource
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.storage.pickled_objects import PickledObjects, configured_manager


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


ConfigurablePickledObjectGCSIOManager = GCSPickleIOManager
gcs_pickle_io_manager = configured_manager(GCSPickleIOManager, GCSResource, "gcs", "gcs")

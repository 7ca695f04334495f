"""Values as pickles in S3."""

import io
from collections.abc import Sequence

from assetgen.runtime.integrations.s3_resources import S3Resource
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.storage.pickled_objects import PickledObjects, configured_manager


class S3PickleIOManager(PickledObjects):
    """Each value is an object: below the prefix, the key of the asset and its partition."""

    s3_resource: S3Resource
    s3_bucket: str
    s3_prefix: str = "dagster"

    def put(self, name: str, data: bytes) -> dict[str, MetadataFact]:
        """Upload an object."""
        self.s3_resource.get_client().upload_fileobj(io.BytesIO(data), self.s3_bucket, name)
        return {"uri": MetadataFact("path", f"s3://{self.s3_bucket}/{name}")}

    def get(self, name: str) -> bytes:
        """The content of an object; FileNotFoundError if there is none."""
        client = self.s3_resource.get_client()
        try:
            content: bytes = client.get_object(Bucket=self.s3_bucket, Key=name)["Body"].read()
        except client.exceptions.NoSuchKey:
            raise FileNotFoundError(f"there is no {name} in the bucket {self.s3_bucket}") from None
        return content

    def below(self) -> str:
        """The prefix of all names."""
        return self.s3_prefix

    def place_of_output(self, place: Sequence[str]) -> Sequence[str]:
        """Brackets have no place in names."""
        return ("storage", *(each.replace("[", "--").replace("]", "") for each in place))


ConfigurablePickledObjectS3IOManager = S3PickleIOManager
s3_pickle_io_manager = configured_manager(S3PickleIOManager, S3Resource, "s3", "s3_resource")

"""Values as pickles in S3."""

import io
import pickle
from typing import Any

from assetgen.runtime.io_managers import ConfigurableIOManager, InputContext, OutputContext
from assetgen.runtime.metadata_values import MetadataFact
from assetgen.runtime.s3_resources import S3Resource


class S3PickleIOManager(ConfigurableIOManager):
    """Each value is an object: below the prefix, the key of the asset and its partition."""

    s3_resource: S3Resource
    s3_bucket: str
    s3_prefix: str = "dagster"

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Upload the value."""
        name = self.object_name(context, context.get_identifier())
        data = io.BytesIO(pickle.dumps(obj, 4))
        self.s3_resource.get_client().upload_fileobj(data, self.s3_bucket, name)
        place = f"s3://{self.s3_bucket}/{name}"
        context.add_output_metadata({"uri": MetadataFact("path", place)})

    def load_input(self, context: InputContext) -> Any:
        """The value, or those of several partitions in a dict."""
        client = self.s3_resource.get_client()
        keys = context.asset_partition_keys
        if not keys:
            return self.load_from(client, self.object_name(context, context.get_identifier()))
        found = {}
        for key in keys:
            place = (*context.asset_key.parts, *context.asset_partitions_def.place_of(key))
            try:
                found[key] = self.load_from(client, self.object_name(context, place))
            except FileNotFoundError:
                if not context.metadata.get("allow_missing_partitions"):
                    raise
        return next(iter(found.values()), None) if len(keys) == 1 else found

    def load_from(self, client: Any, name: str) -> Any:
        """The value in an object; FileNotFoundError if there is none."""
        try:
            return pickle.loads(client.get_object(Bucket=self.s3_bucket, Key=name)["Body"].read())
        except client.exceptions.NoSuchKey:
            raise FileNotFoundError(f"there is no {name} in the bucket {self.s3_bucket}") from None

    def object_name(self, context: Any, place: Any) -> str:
        """The name of the object for a place: values of ops lie apart from assets."""
        if context.has_asset_key:
            return "/".join((self.s3_prefix, *place))
        parts = (each.replace("[", "--").replace("]", "") for each in place)
        return "/".join((self.s3_prefix, "storage", *parts))

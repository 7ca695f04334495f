"""Clients of S3 as resources."""

from typing import Any

from assetgen.runtime.definitions.resources import (
    ConfigurableResource,
    ResourceDefinition,
    from_config,
)


class S3Resource(ConfigurableResource[Any]):
    """What a client of S3 is made with; `context.resources` holds the client itself."""

    region_name: str | None = None
    max_attempts: int = 5
    profile_name: str | None = None
    use_ssl: bool = True
    endpoint_url: str | None = None
    verify: bool | None = True
    aws_access_key_id: str | None = None
    aws_secret_access_key: str | None = None
    aws_session_token: str | None = None
    use_unsigned_session: bool = False

    def get_client(self) -> Any:
        """A new client of boto3's."""
        import boto3  # type: ignore[import-not-found]
        import botocore.config  # type: ignore[import-not-found]

        retries = {"max_attempts": self.max_attempts, "mode": "standard"}
        signing = {"signature_version": botocore.UNSIGNED} if self.use_unsigned_session else {}
        return boto3.session.Session(profile_name=self.profile_name).client(
            "s3",
            region_name=self.region_name,
            use_ssl=self.use_ssl,
            verify=self.verify,
            endpoint_url=self.endpoint_url,
            aws_access_key_id=self.aws_access_key_id,
            aws_secret_access_key=self.aws_secret_access_key,
            aws_session_token=self.aws_session_token,
            config=botocore.config.Config(retries=retries, **signing),
        )

    def object_for_context(self) -> Any:
        """The client."""
        return self.get_client()


s3_resource = ResourceDefinition(lambda context: from_config(S3Resource, context).get_client())

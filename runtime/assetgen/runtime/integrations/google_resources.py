"""Clients of Google Cloud as resources; `context.resources` holds the clients themselves."""

import contextlib
from collections.abc import Iterator
from typing import Any

from assetgen.runtime.definitions.resources import (
    ConfigurableResource,
    ResourceDefinition,
    from_config,
)


class BigQueryResource(ConfigurableResource[Any]):
    """What a client of BigQuery is made with; credentials are the JSON of a key in base 64."""

    project: str | None = None
    location: str | None = None
    gcp_credentials: str | None = None

    @contextlib.contextmanager
    def get_client(self) -> Iterator[Any]:
        """A new client, for which the credentials lie in a file meanwhile."""
        from google.cloud import bigquery  # type: ignore

        with credentials_file(self.gcp_credentials):
            yield bigquery.Client(project=self.project, location=self.location)

    def object_for_context(self) -> Any:
        """A client."""
        with self.get_client() as client:
            return client


class GCSResource(ConfigurableResource[Any]):
    """What a client of Cloud Storage is made with."""

    project: str | None = None

    def get_client(self) -> Any:
        """A new client."""
        from google.cloud import storage

        return storage.Client(project=self.project)

    def object_for_context(self) -> Any:
        """The client."""
        return self.get_client()


@contextlib.contextmanager
def credentials_file(encoded: str | None) -> Iterator[None]:
    """Puts credentials where Google's libraries look for them, and takes them away again."""
    if not encoded:
        yield
        return
    import base64
    import os
    import tempfile

    before = os.environ.get(VARIABLE)
    with tempfile.NamedTemporaryFile("wb", suffix=".json", delete=False) as file:
        file.write(base64.b64decode(encoded))
    os.environ[VARIABLE] = file.name
    try:
        yield
    finally:
        os.unlink(file.name)  # noqa: PTH108
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"

bigquery_resource = ResourceDefinition(
    lambda context: from_config(BigQueryResource, context).object_for_context()
)
gcs_resource = ResourceDefinition(lambda context: from_config(GCSResource, context).get_client())

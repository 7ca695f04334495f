"""Clients of Slack as resources."""

from typing import Any

from assetgen.runtime.definitions.resources import (
    ConfigurableResource,
    ResourceDefinition,
    from_config,
)


class SlackResource(ConfigurableResource[Any]):
    """What a client of Slack is made with."""

    token: str

    def get_client(self) -> Any:
        """A new client of slack_sdk's."""
        from slack_sdk.web.client import WebClient  # type: ignore[import-not-found]

        return WebClient(self.token)


slack_resource = ResourceDefinition(
    lambda context: from_config(SlackResource, context).get_client()
)

"""If a resource is missing, no other is opened."""

import dagster as dg

SEEN = []


class Present(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        SEEN.append("opened")


@dg.resource(required_resource_keys={"missing"})
def resting(context):
    SEEN.append("opened, too")


@dg.asset(required_resource_keys={"a_present", "resting"})
def used():
    SEEN.append("used")


ASSETS = [used]
RESOURCES = {"a_present": Present(), "resting": resting}

"""What cannot be closed keeps neither other resources from it nor the run from success."""

import dagster as dg

SEEN = []


class Quiet(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        SEEN.append("quiet opens")

    def teardown_after_execution(self, context):
        SEEN.append("quiet closes")


class Loud(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        SEEN.append("loud opens")

    def teardown_after_execution(self, context):
        SEEN.append("loud closes")
        raise ValueError("not now")


@dg.resource
def noisy():
    SEEN.append("noisy opens")
    yield 1
    SEEN.append("noisy closes")
    raise ValueError("not now")


@dg.resource(required_resource_keys={"noisy"})
def late(context):
    SEEN.append(("late opens", context.resources.noisy))
    yield 2
    SEEN.append("late closes")


@dg.asset(required_resource_keys={"a_late", "a_quiet", "loud", "noisy"})
def used():
    SEEN.append("used")


ASSETS = [used]
RESOURCES = {"a_late": late, "a_quiet": Quiet(), "loud": Loud(), "noisy": noisy}

"""When a schedule made from partitions fires is known although other things of them are not."""

import dagster
import pytest

from assetgen.analyzer.intrinsics.dagster.declared.partition_crons import Moment, cron_of
from assetgen.analyzer.model.partitions import Partitions


@pytest.mark.parametrize("kind", ["Hourly", "Daily", "Weekly", "Monthly"])
def test_the_start_does_not_matter(kind: str) -> None:
    made = getattr(dagster, f"{kind}PartitionsDefinition")(start_date="2024-01-01-00:00")
    partitions = Partitions(f"{kind}PartitionsDefinition", unknown=("start_date", "timezone"))
    assert cron_of(partitions, Moment()) == made.get_cron_schedule()


@pytest.mark.parametrize("lost", ["minute_offset", "*"])
def test_a_part_that_is_not_known_matters(lost: str) -> None:
    assert cron_of(Partitions("DailyPartitionsDefinition", unknown=(lost,)), Moment()) is None

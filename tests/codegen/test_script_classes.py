"""What scripts cannot do of the classes that they use is told before."""

from __future__ import annotations

from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, refused


def test_what_a_class_of_the_runtime_lacks_is_told(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n\n\n"
            "class Store(dg.ConfigurableIOManager):\n"
            "    def handle_output(self, context, obj):\n"
            "        context.lost_by_method()\n\n"
            "    def load_input(self, context: dg.InputContext):\n"
            "        return context.upstream_output.name\n\n\n"
            "def helped(ctx: dg.AssetExecutionContext, context):\n"
            "    return ctx.lost_by_annotation, context.anything\n\n\n"
            "@dg.asset\n"
            "def rows(context):\n"
            "    helped(context, 1)\n"
            "    context.log.info(context.partition_key)\n"
            "    context.instance.lost_by_instance(context.instance.storage_directory())\n"
            "    kind = dg.MetadataValue.lost_class_member(1)\n"
            "    return Store, context.lost_by_place, dg.AssetKey.from_user_string('a/b'), kind\n"
        ),
    )
    step = asset_step("rows", project.function("a:rows"), takes_context=True)
    messages = {each.message.split("`")[1] for each in refused(project.pipeline([step]))}
    assert messages == {
        "AssetExecutionContext.instance.lost_by_instance",
        "AssetExecutionContext.lost_by_annotation",
        "AssetExecutionContext.lost_by_place",
        "MetadataValue.lost_class_member",
        "OutputContext.lost_by_method",
    }


def test_validators_that_nobody_would_ask_are_told(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "import pydantic\n"
            "from pydantic import BaseModel, Field, field_validator\n\n\n"
            "class Base(dg.Config):\n"
            "    n: int = Field(default=1, gt=0)\n\n\n"
            "class Settings(Base):\n"
            '    @field_validator("n")\n'
            "    def even(cls, value):\n"
            "        return value\n\n"
            '    @field_validator("n", mode="wrap")\n'
            "    def odd(cls, value, handler):\n"
            "        return value\n\n"
            '    @pydantic.validator("n", pre=True)\n'
            "    def old(cls, value):\n"
            "        return value\n\n"
            '    @pydantic.validator("n", always=True)\n'
            "    def always(cls, value):\n"
            "        return value\n\n"
            "    @pydantic.field_serializer\n"
            "    def told(self):\n"
            "        return 1\n\n\n"
            "class Own(BaseModel):\n"
            "    n: int\n\n"
            '    @field_validator("n")\n'
            "    def even(cls, value):\n"
            "        return value\n\n\n"
            "@dg.asset\n"
            "def rows():\n"
            "    return Settings, Own\n"
        ),
    )
    problems = refused(project.pipeline([asset_step("rows", project.function("a:rows"))]))
    said = "is pydantic's, which the script does not ask"
    assert [(each.message, each.span.line) for each in problems] == [
        (f'`field_validator("n", mode="wrap")` {said}', 15),
        (f'`pydantic.validator("n", always=True)` {said}', 23),
        (f"`pydantic.field_serializer` {said}", 27),
    ]

"""Templates with macros, imports, includes and blocks; selections and tests; classes of YAML tags."""

import jinja2
import yaml

environment = jinja2.Environment(
    loader=jinja2.DictLoader(
        {
            "macros": "{% macro cast(column, kind='int') %}cast({{ column }} as {{ kind }})"
            "{% endmacro %}{% set unit = 'day' %}",
            "uses": "{% import 'macros' as m %}{{ m.cast('x') }}, {{ m.cast('y', kind='text') }}, {{ m.unit }}",
            "takes": "{% from 'macros' import cast as c, unit %}{{ c('z') }} {{ unit }}",
            "base": "A{% block first %}base{% endblock %}-{% block second %}2{% endblock %}Z",
            "child": "{% extends 'base' %}{% set ignored = 1 %}{% block first %}[{{ super() }}]{% endblock %} never",
            "grandchild": "{% extends 'child' %}{% block first %}<{{ super() }}>{% endblock %}",
            "includes": "{% include 'part' %}!{% include 'no part' ignore missing %}",
            "part": "part {{ value }}",
        }
    )
)
names = ("uses", "takes", "child", "grandchild", "includes")
rendered = [environment.get_template(name).render(value=3) for name in names]
own = jinja2.Template(
    "{% macro wrap(tag) %}<{{ tag }}>{{ caller('in') }}</{{ tag }}>{% endmacro %}"
    "{% call(word) wrap('b') %}{{ word }} text{% endcall %}"
    "{% macro all() %}{{ varargs | join(',') }};{{ kwargs.x }}{% endmacro %}{{ all(1, 2, x=3) }}"
).render()
counted = jinja2.Template(
    "{% set state = namespace(n=0) %}{% for i in range(5) %}{% if i is odd %}"
    "{% set state.n = state.n + i %}{% endif %}{% endfor %}{{ state.n }}"
).render()
selected = jinja2.Template(
    "{{ rows | selectattr('n', 'gt', 1) | map(attribute='k') | list }}"
    "{{ rows | rejectattr('n', 'divisibleby', 2) | map(attribute='k') | join }}"
    "{{ ['a', '', 'b'] | select | map('upper') | list }}{{ '%05d' | format(42) }}"
    "{{ 1.256 | round(1) }}{{ {'b': 1, 'a': 2} | dictsort }}{{ 'a\\nb' | indent(2) }}"
).render(rows=[{"n": 1, "k": "x"}, {"n": 2, "k": "y"}])


class Reference(yaml.YAMLObject):
    yaml_tag = "!Reference"
    yaml_loader = yaml.SafeLoader

    def __init__(self, name):
        self.name = name

    @classmethod
    def from_yaml(cls, loader, node):
        return cls(loader.construct_scalar(node))


class Table(yaml.YAMLObject):
    yaml_tag = "!Table"
    yaml_loader = [yaml.SafeLoader]


_loaded = yaml.safe_load("a: !Reference orders\nb: !Table {name: x, columns: [1, 2]}")
tagged = _loaded["a"].name, _loaded["b"].name, _loaded["b"].columns

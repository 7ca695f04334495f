"""Templates that are parsed without Jinja have the tree that Jinja gives them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.plain_templates import (
    plain_expressions,
    plain_template,
    plain_text,
    plain_whole,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.syntax import (
    BadTemplate,
    parse_template,
)


def shown(node: Any) -> Any:
    """A tree without the text between blocks, with the lines that are told of."""
    if isinstance(node, list):
        parts = [shown(each) for each in node if not isinstance(each, nodes.TemplateData)]
        return [part for part in parts if part != EMPTY]
    if not isinstance(node, nodes.Node):
        return node
    fields = [(name, shown(value)) for name, value in node.iter_fields()]
    lines = (node.lineno,) if isinstance(node, (nodes.If, nodes.For, nodes.Call)) else ()
    return (type(node).__name__, *lines, fields)


EMPTY = ("Output", [("nodes", [])])


def agrees(text: str) -> bool:
    """Whether the template is plain; if it is, its tree must be Jinja's."""
    tree = parse_template(text)
    quick = plain_template(text)
    if quick is not None:
        assert not isinstance(tree, BadTemplate), text
        assert shown(quick) == shown(tree.body), text
    expressions = plain_expressions(text)
    if expressions is not None:
        assert not isinstance(tree, BadTemplate), text
        outputs = [each for each in tree.body if isinstance(each, nodes.Output)]
        assert len(outputs) == len(tree.body)
        found = [node for output in outputs for node in output.nodes]
        found = [node for node in found if not isinstance(node, nodes.TemplateData)]
        assert [node for _, node in expressions] == found, text
    whole = plain_whole(text)
    if whole is not None:
        assert not isinstance(tree, BadTemplate), text
        assert tree.body == [nodes.Output([whole])], text
    alone = plain_text(text)
    if alone is not None:
        assert alone == Environment().from_string(text).render(), text
    return quick is not None


@pytest.mark.parametrize(
    "text",
    [
        "select 1",
        "a\r\nb\r\rc\n\n",
        "{{- doc('a') -}}",
        "select * from {{ ref('a') }} join {{- source(\"s\", 't') -}} using (id)",
        "{{ config(materialized='table', tags=['a', 'b'], meta={'owner': none, 'n': -1}) }}",
        "{#- {{ ref('hidden') }} -#}{{ ref('package', 'b', v=2) }}",
        "{% if is_incremental() %}\nwhere x > (select max(x) from {{ this }})\n{% endif %}",
        "{% if a == 1 and not b.c %}1{% elif 'x' in d['e'] %}2{% else %}3{% endif %}",
        "{% set names = ['a', 'b'] %}{% for name in names %}{{ ref(name) }}{% else %}0{% endfor %}",
        "{% set ns.found = true %}{% do names.append(1) %}{{ a | default('x') | upper }}",
        "{% for key, value in data.items() %}{{ key }}{% if not loop.last %},{% endif %}{%endfor%}",
        "{{ 'a' if target.name == 'dev' else var('b', 1.5) }}{{ x is not none }}{{ y is defined }}",
        "\n\n{{ config(\n    alias = 'a',\n    tags = [\n      'b'\n    ]\n) }}\n{{\n ref('c')\n}}",
        "{{ 'a' ~ \"}\" }}{{ 'it''s' }}{{ \"\\n\" }}{{ 'é' }}",
    ],
)
def test_most_templates_are_plain(text: str) -> None:
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        *("{{ }}", "{{", "{% if %}{% endif %}", "{% endif %}", "{% if a %}", "{{ 'a }}' }}", "{#"),
        *("{% if a if b %}{% endif %}", "{% for x in recursive %}{% endfor %}", "{{ a)(b }}"),
        *("{% for in in x %}{% endfor %}", "{% set true = 1 %}", "{% raw %}{{ a }}{% endraw %}"),
        *("{% for x in y if x %}{% endfor %}", "{% set x %}a{% endset %}", "{{ a is (none) }}"),
        *("{% else %}", "{% if a %}{% else b %}{% endif %}", "{{ (a, b) = c }}", "{{ f(a=1, 2) }}"),
        *(
            "{% if a}} %}{% endif %}",
            "{% do a}}{{b %}",
            "\n{% do a}}{{b %}",
            "{% if a %}%}{% endif %}",
        ),
        *("{{ r'a' }}", "{{ u'a' }}", "{{ f'{a}' }}", "{{ b'a' }}", "{{ a # b\n }}", "{{ 1or 2 }}"),
        *("{{ lambda: 1 }}", "{{ (a := 1) }}", "{{ [x for x in y] }}", "{{ {1} }}", "{{ ... }}"),
        *("{{ a is b if c else d }}", "{{ (a is b) if c else d }}", "{{ x if a is b else d }}"),
        *("{% macro m() %}{{ ref('a') }}{% endmacro %}", "{% for x in y recursive %}{% endfor %}"),
    ],
)
def test_what_may_differ_is_left_to_jinja(text: str) -> None:
    agrees(text)


ATOMS = st.sampled_from(
    [
        *("a", "true", "None", "none", "ref", "this", "0", "12", "1.5", "007", "1_0", "'x'"),
        *('"y"', "'it''s'", "''", "'}}'", "'%}'", "'{{'", "'#'", "'\\n'", "'\n'", "'é'", "é", "()"),
        *("[]", "{}", "recursive", "in", "not", "is", "lambda", "class", "b'1'", "1e5", "0x1f"),
    ]
)
PIECES = st.one_of(
    ATOMS,
    st.sampled_from(
        [
            *("(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "~", "+", "-", "*", "/", "//", "%"),
            *("**", "==", "!=", "<", ">=", "=", " ", "\n", "  ", " and ", " or ", " not ", " in "),
            *(" not in ", " is ", " is not ", " if ", " else ", "defined", "upper", "join(',')"),
        ]
    ),
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blank = st.sampled_from(["", " ", "\n", " \n "])
    listed = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.builds("{}({}{}{})".format, inner, blank, listed, blank),
        st.builds("{}(k={}, l={})".format, inner, inner, inner),
        st.builds("{}.b".format, inner),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("[{}{}{}]".format, blank, listed, blank),
        st.builds("({},{}{})".format, inner, blank, inner),
        st.builds("({})".format, inner),
        st.builds("{{{}:{}{}}}".format, inner, blank, inner),
        st.builds(
            "{}{}{}{}{}".format,
            inner,
            blank,
            st.sampled_from(
                [
                    *("+", "-", "*", "/", "|", "==", "!=", "<=", " and ", " or ", " in ", "~"),
                    *(" not in ", " is ", " is not ", "%", " if a else "),
                ]
            ),
            blank,
            inner,
        ),
        st.builds("{} if {} else {}".format, inner, inner, inner),
        st.builds("not {}".format, inner),
        st.builds("-{}".format, inner),
    )


EXPRESSIONS = st.recursive(ATOMS, grown, max_leaves=8)
SIGNS = st.sampled_from(["", "", "", "-", "+"])
TAGS = st.one_of(
    st.builds("if {}".format, EXPRESSIONS),
    st.builds("elif {}".format, EXPRESSIONS),
    st.builds("for {} in {}".format, st.sampled_from(["x", "x, y", "in", "x\n"]), EXPRESSIONS),
    st.builds("set {} = {}".format, st.sampled_from(["x", "x.y", "true", "x\n"]), EXPRESSIONS),
    st.builds("do {}".format, EXPRESSIONS),
    st.sampled_from(["else", "endif", "endfor", "else x", "raw", "endraw", "set x", "endset"]),
)
BLOCKS = st.one_of(
    st.builds("{{{{{} {} {}}}}}".format, SIGNS, EXPRESSIONS, SIGNS),
    st.builds("{{%{} {}\n{}%}}".format, SIGNS, TAGS, SIGNS),
    st.sampled_from(["{# c #}", "{#-#}", "{#}", "{{", "}}", "{%", "%}", "{", "\n", "\r\n", " x "]),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{{% if {} %}}{}{{% endif %}}".format, EXPRESSIONS, inner),
        st.builds(
            "{{% if {} %}}{}{{%\nelif {} -%}}\n{}{{% else %}}{}{{% endif %}}".format,
            *(EXPRESSIONS, inner, EXPRESSIONS, inner, inner),
        ),
        st.builds("{{% for x in {} %}}{}{{% endfor %}}".format, EXPRESSIONS, inner),
        st.lists(inner, max_size=4).map("\n".join),
    )


@settings(max_examples=400, deadline=None)
@given(st.one_of(EXPRESSIONS, st.lists(PIECES, max_size=8).map("".join)))
def test_drawn_expressions(text: str) -> None:
    agrees(f"{{{{ {text} }}}}")
    agrees(f"a\n{{% if {text} %}}\n{{{{ {text} }}}}{{% endif %}}")


@settings(max_examples=400, deadline=None)
@given(st.recursive(BLOCKS, nested, max_leaves=6))
def test_drawn_templates(text: str) -> None:
    agrees(text)

{% macro my_refs(names) %}{% for n in names %}{{ ref(n) }}{% if not loop.last %} union all {% endif %}{% endfor %}{% endmacro %}
{% macro conf() %}{{ config(materialized='table', tags=['from_macro']) }}{% endmacro %}
{% macro from_source(t) -%} {{ source('raw', t) }} {%- endmacro %}
{% macro ns() %}{% set x = namespace(total=0, items=[]) %}{% for i in range(3) %}{% set x.total = x.total + i %}{% do x.items.append('a' ~ (i+1)) %}{% endfor %}{{ return(x.items) }}{% endmacro %}
{% macro get_tags() %}{{ return(['m1','m2']) }}{% endmacro %}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
  {%- if custom_alias_name -%}{{ custom_alias_name | trim }}{%- elif node.version -%}{{ node.name ~ "_v" ~ (node.version | replace(".", "_")) }}{%- else -%}{{ node.name ~ ('' if node.resource_type != 'seed' else '_seed') }}{%- endif -%}
{%- endmacro %}

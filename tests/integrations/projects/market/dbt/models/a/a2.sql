{{ config({"materialized": "view", "tags": get_tags()}) }}
{% set names = ['a1', 'seed1'] %}
{{ my_refs(names) }}
{# ref('nothing') #}
-- {{ ref('p1') }}
{%- if execute %} {{ ref('never') }} {% endif %}
{% if var('flag') %}{{ ref('off_by_flag') }}{% endif %}

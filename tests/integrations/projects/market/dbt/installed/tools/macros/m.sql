{% macro helper(n) %}{{ ref(n) }}{% endmacro %}
{% macro generate_schema_name(custom_schema_name, node) %}pkg_{{ custom_schema_name or 'none' }}{% endmacro %}
{% macro default__dispatching(x) %}{{ return(x ~ '_default') }}{% endmacro %}
{% macro dispatching(x) %}{{ return(adapter.dispatch('dispatching', 'tools')(x)) }}{% endmacro %}
{% macro duckdb__dispatching(x) %}{{ return(x ~ '_duck') }}{% endmacro %}
{% test custom_test(model, column_name, field) %}select * from {{ model }} where {{ field }}{% endtest %}

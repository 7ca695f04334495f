{% macro joined(name, kind='left') %}
{{ kind }} join {{ ref(name) }} using (customer_id)
{% endmacro %}

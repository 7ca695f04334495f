{% test my_generic(model, arg) %}{{ config(severity='error') }} select * from {{ model }} {{ ref('seed1') }}{% endtest %}
{% test expression_is_true_like(model, expression, column_name=None) %}{{ config(fail_calc='sum(x)') }} select 1{% endtest %}

{% test row_count_above(model, minimum, arguments_of_a_rather_long_name_indeed=0) %}
select count(*) from {{ model }} having count(*) < {{ minimum }}
{% endtest %}
{% test dearer_than(model, other, column_name) %}
select 1 from {{ model }}, {{ other }}
{% endtest %}

{# Every order, once. #}
select
  id as order_id,
  customer_id,
  {% for currency in var('currencies') %}
  amount_{{ currency }}{{ "," if not loop.last }}
  {% endfor %}
from {{ source('raw_shop', 'orders') }}
where day >= '{{ var("first_day") }}'

{{
  config(
    materialized='incremental',
    unique_key='order_id',
    tags=['money'],
    group='finance'
  )
}}
select * from {{ ref('int_paid') }}
{{ joined('stg_customers') }}
{% if is_incremental() %}
where day > (select max(day) from {{ ref('not_there_when_parsed') }})
{% endif %}
{% if target.name == 'prod' %}
union all select * from {{ ref('countries') }}
{% else %}
union all select * from {{ ref('shop', 'price_list', v=1) }}
{% endif %}

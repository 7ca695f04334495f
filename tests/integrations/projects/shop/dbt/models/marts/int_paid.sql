{{ config(materialized='ephemeral') }}
select * from {{ ref('stg_orders') }} join {{ ref('orders_history') }} using (order_id)

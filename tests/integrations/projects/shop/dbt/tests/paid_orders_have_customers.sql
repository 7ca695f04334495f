{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'revenue'}}}) }}
select * from {{ ref('revenue') }} left join {{ ref('stg_customers') }} using (customer_id)

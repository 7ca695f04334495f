{{ config(alias='customers_clean', meta={'dagster': {'owners': ['team:crm'], 'group': 'crm'}}) }}
select * from {{ source('raw_shop', 'customers') }}
left join {{ ref('countries') }} using (country)

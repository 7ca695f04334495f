{{ config(schema='sch_' ~ target.name, meta={'dagster': {'asset_key': ['custom', 'a1'], 'owners': ['x@y.com']}}) }}
select * from {{ from_source('t1') }} join {{ source('raw', 't 2') }} using (id)

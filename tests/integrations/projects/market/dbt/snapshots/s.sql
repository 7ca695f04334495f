{% snapshot snap1 %}
{{ config(target_schema='explicit', strategy='timestamp', unique_key='id', updated_at='ts') }}
select * from {{ ref('a2') }}
{% endsnapshot %}
{% snapshot snap2 %}{{ config(strategy='timestamp', unique_key='id', updated_at='ts', schema='sn') }} select * from {{ source('raw','t1') }}{% endsnapshot %}

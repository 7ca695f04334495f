{{ config(tags=['single']) }}
select * from {{ ref('a1') }} join {{ ref('a2') }}

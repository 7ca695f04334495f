select * from {{ ref('a1') }}

select * from {{ ref('a3') }}

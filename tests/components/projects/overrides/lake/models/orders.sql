select * from {{ ref("raw") }}

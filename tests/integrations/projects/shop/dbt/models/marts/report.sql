select * from {{ ref('price_list') }}, {{ ref("revenue") }}

select * from {{ ref('p1') }} -- {{ tools.helper('p1') }}

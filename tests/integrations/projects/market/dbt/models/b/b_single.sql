{{ config(unique_key=['id', 'day'], incremental_strategy='delete+insert', on_schema_change='append_new_columns') }}
select '{{ dbt_utils_like("x") if false else var("scoped") }}', {{ this }}, {{ var('a_list') | join(',') }}
{% if is_incremental() %} , {{ ref('inc_only') }} {% endif %}
from {{ ref('b_versioned', v=1) }} , {{ ref('b_versioned') }}, {{ ref('b_versioned', version=2) }}

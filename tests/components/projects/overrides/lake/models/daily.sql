{{ config(
    materialized="incremental", incremental_strategy="microbatch",
    event_time="day", begin="2024-06-01", batch_size="day"
) }}
select * from {{ ref("orders") }}

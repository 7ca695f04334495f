

{{ config(materialized="ephemeral", alias="eph") }}

select 1 -- ünï  



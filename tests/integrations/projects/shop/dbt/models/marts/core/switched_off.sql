{{ config(enabled=(target.type == 'snowflake')) }}
select 1

{{ config(tags=[var('who'), project_name], meta={'shared': var('shared', 1), 'only': var('only_pkg'), 'd': var('deep_only', 'no')}) }}
select 1

{{ conf() }}
{% for m in ns() %}{% if m != 'a3' %} select * from {{ ref(m) }} {% endif %}{% endfor %}
{% raw %}{{ ref('raw_not') }}{% endraw %}
select * from {{ ref('tools', 'p2') }} {{ tools.dispatching('x') }} {{ tools.helper('seed1') }}

"""Regular expressions whose repetitions leave no doubt, on texts of some length."""

import re

sql = """
-- owner: team_a
WITH src AS (SELECT * FROM {{ ref('stg_orders') }} WHERE x = 1),
     cust AS (select id from {{ source("raw", 'customers') }})
SELECT s.*, c.id FROM src s JOIN cust c USING (id) LEFT JOIN analytics.dim_date d ON 1=1
""" + "-- filler\n" * 200
reference = re.compile(r"\{\{\s*ref\(\s*['\"](?P<name>[^'\"]+)['\"]\s*\)\s*\}\}")
source = re.compile(r"""\{\{\s*source\(\s*['"](\w+)['"]\s*,\s*['"](\w+)['"]\s*\)\s*\}\}""")
references = [found.group("name") for found in reference.finditer(sql)]
sources = source.findall(sql)
notes = dict(re.findall(r"^--\s*(\w+):\s*(.+)$", sql, re.MULTILINE))
clean, count = reference.subn(lambda found: found["name"], sql)
replaced = count, "stg_orders" in clean
tables = sorted(set(re.findall(r"(?:from|join)\s+([\w.]+)", clean, re.IGNORECASE)))
dotted = re.findall(r"(?:\w+\.)+\w+", sql)
quoted = re.findall(r"'[^']*'|\"[^\"]*\"", sql)
places = dict(reference.groupindex), reference.search(sql).re.groups, reference.search(sql).lastindex

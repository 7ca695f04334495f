"""Rows that are written to a file in memory."""

import csv
import io

out = io.StringIO()
w = csv.writer(out)
w.writerow(["a", 1, None, 2.5, "x,y", 'q"q'])
w.writerows([["b", True], ["c", ""]])
csvw_said = [out.getvalue(), out.getvalue().splitlines(), len(out.getvalue())]
out = io.StringIO()
w = csv.DictWriter(out, fieldnames=["name", "group"], delimiter="|", lineterminator="\n", quoting=csv.QUOTE_ALL)
w.writeheader()
w.writerow({"name": "o", "group": "g"})
w.writerows([{"name": "p", "group": None}])
csvw2_said = [out.getvalue(), w.fieldnames]
out.seek(0)
csvw2_said += [list(csv.DictReader(out, delimiter="|")), [r for r in csv.reader(io.StringIO("a,b\n1,2\n"))]]
out = io.StringIO(newline="")
w = csv.DictWriter(out, ["a", "b"], extrasaction="ignore", restval="-")
w.writerow(dict(a=1, c=3))
w2 = csv.writer(out, dialect="excel-tab", lineterminator="\n")
w2.writerow(range(3))
w2.writerow("xyz")
csvw3_said = [out.getvalue()]
try:
    csv.DictWriter(out, ["a"]).writerow({"z": 1})
except ValueError as e:
    csvw3_said.append(str(e))
buffer = io.StringIO()
written = csv.writer(buffer).writerow([1]), buffer.getvalue()

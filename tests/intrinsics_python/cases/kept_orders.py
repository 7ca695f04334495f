"""`bisect`, `heapq`, `graphlib` and `statistics`."""

import bisect
import heapq
import statistics
from graphlib import CycleError, TopologicalSorter

names = ["a", "c", "e"]
bisect.insort(names, "d")
places = bisect.bisect_left(names, "c"), bisect.bisect(names, "c"), bisect.bisect_left([3, 1], 0, key=lambda n: -n)
heap = [5, 2, 8, 1]
heapq.heapify(heap)
as_heap = list(heap)
heapq.heappush(heap, 0)
popped = heapq.heappop(heap), heapq.heappop(heap)
rest = heap
some = heapq.nlargest(2, [5, 1, 9]), heapq.nsmallest(1, ["bb", "a"], key=len)
jobs = []
for priority, job in [(2, "b"), (1, "a"), (3, "c")]:
    heapq.heappush(jobs, (priority, job))
in_order = [heapq.heappop(jobs)[1] for _ in range(len(jobs))]
sorter = TopologicalSorter({"mart": ["staged"], "staged": {"raw"}})
sorter.add("report", "mart")
order = list(sorter.static_order())
try:
    list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order())
except CycleError as error:
    circle = type(error).__name__
numbers = statistics.mean([1, 2, 3]), statistics.median([3, 1, 2])
merged = list(heapq.merge([1, 4], [2, 3])), list(heapq.merge(["b"], ["aa"], key=len))

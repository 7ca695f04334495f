"""What is remembered from one analysis to the next."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.analyzer.evaluate.memory import Memory


class Counted:
    """Makes a list of a value, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, value: list[int]) -> list[int]:
        self.made += 1
        return [*value]


def test_results_of_the_same_values_are_the_same_objects() -> None:
    memory, make = Memory(), Counted()
    one, other, third = [1], [2], [3]
    first = memory.each(make, "copies", [one, other])
    memory.begin()
    second = memory.each(make, "copies", [other, third, one])
    assert second == [[2], [3], [1]]
    assert second[0] is first[1] and second[2] is first[0]
    assert make.made == 3


def test_values_that_are_equal_are_not_the_same() -> None:
    memory, make = Memory(), Counted()
    memory.each(make, "copies", [[1]])
    memory.begin()
    memory.each(make, "copies", [[1]])
    assert make.made == 2


def test_other_surroundings_and_those_named_make_results_anew() -> None:
    memory, make = Memory(), Counted()
    values = [[1], [2]]
    memory.each(make, "copies", values, "here")
    memory.begin()
    memory.each(make, "copies", values, "there")
    assert make.made == 4
    memory.begin()
    memory.each(make, "copies", values, "there", {id(values[1])})
    assert make.made == 5


def test_who_asks_again_in_one_analysis_gets_results_of_its_own() -> None:
    memory, make = Memory(), Counted()
    values = [[1]]
    first, second = memory.each(make, "copies", values), memory.each(make, "copies", values)
    assert first[0] is not second[0]
    memory.begin()
    assert memory.each(make, "copies", values)[0] is first[0]
    assert memory.each(make, "copies", values)[0] is second[0]


def test_what_nobody_asked_for_is_forgotten() -> None:
    memory, make = Memory(), Counted()
    values = [[1]]
    memory.each(make, "copies", values)
    memory.begin()
    memory.begin()
    memory.each(make, "copies", values)
    assert make.made == 2


def test_what_a_branch_makes_is_its_own() -> None:
    memory, make = Memory(), Counted()
    values = [[1]]
    first = memory.each(make, "copies", values)
    memory.begin()
    branch = memory.branch()
    assert branch.each(make, "copies", values, None, {id(values[0])})[0] is not first[0]
    assert memory.each(make, "copies", values)[0] is first[0]


def test_without_a_next_analysis_nothing_is_kept() -> None:
    memory, make = Memory(is_last=True), Counted()
    values = [[1]]
    memory.each(make, "copies", values)
    memory.begin()
    memory.each(make, "copies", values)
    assert make.made == 2


def test_only_what_is_kept_is_remembered() -> None:
    memory, make = Memory(), Counted()
    values = [[1]]
    memory.each(make, "copies", values, is_kept=lambda: False)
    memory.begin()
    memory.each(make, "copies", values)
    assert make.made == 2


def test_thousands_that_went_are_not_held() -> None:
    memory, make = Memory(), Counted()
    for _ in range(20):
        memory.each(make, "copies", [[number] for number in range(100)])
        memory.begin()
    assert sum(len(column.values) for column in memory._columns.values()) < 1000


def test_the_keys_of_what_has_changed() -> None:
    memory = Memory()
    assert memory.changed("names", {"a": 1, "b": 2}) == {"a", "b"}
    memory.begin()
    assert memory.changed("names", {"a": 1, "b": 3, "c": 4}) == {"b", "c"}
    memory.begin()
    assert memory.changed("names", {"a": 1}) == {"b", "c"}


ITEMS = [(word, number) for word in "abcde" for number in range(3)]
words = st.lists(st.sampled_from(ITEMS), max_size=12)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.lists(words, max_size=5))
@PATIENT
def test_what_is_in_order_is_sorted(rounds: list[list[tuple[str, int]]]) -> None:
    memory = Memory()
    for items in rounds:
        found = memory.in_order("words", items, lambda item: item[0])
        expected = tuple(sorted(items, key=lambda item: item[0]))
        assert found == expected
        assert list(map(id, found)) == list(map(id, expected))
        memory.begin()


def test_of_many_values_those_are_told_of_which_something_is_made() -> None:
    memory, made = Memory(), Counted()
    values = ([1], [], [2])
    assert list(memory.sparse(made, "full", values).values()) == [([1], [1]), ([2], [2])]
    memory.begin()
    later = (*values[1:], [3])
    assert sorted(found for _, found in memory.sparse(made, "full", later).values()) == [[2], [3]]
    assert made.made == 4
    memory.begin()
    assert len(memory.sparse(made, "full", later, None, {id(values[1])})) == 2
    assert made.made == 5
    memory.begin()
    assert len(memory.sparse(made, "full", later, "elsewhere")) == 2
    assert made.made == 8


@given(st.lists(words, max_size=5))
@PATIENT
def test_indices_and_groups_are_those_of_the_values(rounds: list[list[tuple[str, int]]]) -> None:
    memory, alone = Memory(), Memory(is_last=True)
    for items in rounds:
        values = tuple(dict.fromkeys(items))
        expected = {word: {id(v): v for v in values if v[0] == word} for word, _ in values}
        for each in (memory, alone):
            assert each.indexed("items", values, lambda item: item) == dict(
                zip(values, values, strict=True)
            )
            assert each.grouped("words", values, lambda item: item[:1]) == expected
        memory.begin()


def test_a_branch_does_not_change_the_groups_of_others() -> None:
    memory = Memory()
    one, other = ("a", 1), ("a", 2)
    memory.grouped("words", (one,), lambda item: item[:1])
    memory.begin()
    memory.branch().grouped("words", (other,), lambda item: item[:1])
    assert memory.grouped("words", (one,), lambda item: item[:1]) == {"a": {id(one): one}}


@given(st.lists(words, max_size=5))
@PATIENT
def test_what_is_flat_is_known_to_differ(rounds: list[list[tuple[str, int]]]) -> None:
    memory, made = Memory(), {item: tuple([n] for n in range(item[1])) for item in ITEMS}
    for items in rounds:
        values = tuple(dict.fromkeys(items))
        flat = memory.flat(made.__getitem__, "lists", values)
        assert list(map(id, flat)) == [id(each) for item in values for each in made[item]]
        full = memory.sparse(lambda each: each[0] > 0, "full", flat)
        assert set(full) == {id(each) for each in flat if each[0] > 0}
        memory.begin()


def test_only_what_was_not_there_is_new() -> None:
    memory = Memory()
    one, other = [1], [2]
    assert memory.differing("lists", (one,)) == ([one], [])
    memory.begin()
    assert memory.differing("lists", (other, one)) == ([other], [])
    memory.begin()
    assert memory.differing("lists", (one,)) == ([], [other])

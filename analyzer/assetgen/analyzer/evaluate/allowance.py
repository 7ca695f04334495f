"""How many of the budget's steps an evaluation has spent, and how many the next statement may
spend."""

from __future__ import annotations

from assetgen.analyzer.evaluate.budget import Budget, BudgetExceeded


class Allowance:
    """Steps: `steps` of the whole evaluation, `spent` of the module that is running.

    Steps that were spent on making definitions are given back, up to `budget.returned_steps`: a
    module with many definitions takes many steps, an endless loop makes none.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.steps = 0
        self.spent = 0
        self.allowed = budget.module_steps
        self._paid = 0
        self._returned = 0

    def step(self, count: int = 1) -> None:
        """Count a statement or call, or something that costs as much as several; raises
        `BudgetExceeded` when there are too many."""
        self.steps += count
        self.spent += count
        if self.spent > self.allowed or self.steps > self.budget.steps:
            raise BudgetExceeded("steps")

    def give_back(self) -> None:
        """A definition was made: little of what was spent on it counts."""
        since = self.spent - self._paid if self._paid <= self.spent else self.spent
        left = self.budget.returned_steps - self._returned
        back = min(since - self.budget.counted_steps, left)
        if back > 0:
            self.spent -= back
            self.steps -= back
            self._returned += back
        self._paid = self.spent

    def allow(self, spent: int) -> None:
        """What the next statement of a module may spend: three quarters of what is left to it, and
        as much as most definitions take where others have spent nearly all."""
        left = self.budget.module_steps - spent
        self.allowed = spent + max(left * 3 // 4, min(self._least(), left + self._reserve()))

    def is_exhausted(self) -> bool:
        """Whether too little is left to be worth evaluating the module's other statements."""
        left = self.budget.module_steps + self._reserve() - self.spent
        return self.steps > self.budget.steps or left < self._least()

    def _least(self) -> int:
        return self.budget.module_steps // 250

    def _reserve(self) -> int:
        """What a module may spend beyond its steps, in small amounts."""
        return self.budget.module_steps // 5

    def renew(self) -> None:
        """A new allowance: what loading a module may spend does not depend on what the module
        spent."""
        self.steps = self.spent = 0
        self.allowed = self.budget.module_steps

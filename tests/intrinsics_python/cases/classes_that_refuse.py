"""Classes that cannot be made objects of, objects without room for names, names of their own."""

from abc import ABC, abstractmethod


def refused(function):
    try:
        function()
    except (TypeError, AttributeError) as error:
        return type(error).__name__
    return None


class Step(ABC):
    made = []

    def __init__(self, name):
        self.name = name
        Step.made.append(name)

    @property
    @abstractmethod
    def kind(self): ...

    @abstractmethod
    def build(self):
        return [self.name]


class Half(Step):
    kind = "half"


class Whole(Half):
    def build(self):
        return [*super().build(), self.kind]


abstract = refused(lambda: Step("a")), refused(lambda: Half("b")), refused(lambda: Whole("c"))
made = Step.made
left = sorted(Step.__abstractmethods__), sorted(Half.__abstractmethods__)
built = Whole("d").build()


class Slots:
    __slots__ = ("first", "second")

    def __init__(self):
        self.first = 1


def set_third():
    Slots().third = 3


no_room = refused(set_third), refused(lambda: Slots().second), Slots().first


class Listed:
    def __init__(self):
        self.names = ["b", "a"]

    def __dir__(self):
        return self.names


listed = dir(Listed())


class Forgetful:
    def __init__(self):
        self.known = 1


def forget_twice():
    forgetful = Forgetful()
    del forgetful.known
    del forgetful.known


forgotten = refused(forget_twice)


class Outer:
    def name(self):
        return __class__.__name__


own_class = Outer().name()
unknown_arm = [int(text) for text in ("1", "x") if text.isdigit()]


class Answering:
    def __init__(self, names):
        self.names = names

    def __getattr__(self, name):
        if name not in self.names:
            raise AttributeError(name)
        return name.upper()


answering = Answering(["a"])
answering.__init__(["b"])
answers = answering.b, hasattr(answering, "a"), bool(answering), answering == answering

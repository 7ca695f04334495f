"""Registered classes, hooks of abstract classes, and metaclasses that say what is an instance."""

from abc import ABC, ABCMeta


class Store(ABC):
    pass


class DiskStore(Store):
    pass


class Bucket:
    pass


class OldBucket(Bucket):
    pass


@DiskStore.register
class Tape:
    pass


Store.register(Bucket)
registered = [issubclass(cls, Store) for cls in (DiskStore, Bucket, OldBucket, Tape, int)]
registered_below = [issubclass(cls, DiskStore) for cls in (DiskStore, Bucket, Tape)]
of_registered = [isinstance(value, Store) for value in (OldBucket(), Tape(), 5, "x", None)]
Store.register(int)
of_numbers = [isinstance(value, Store) for value in (5, True, 5.5)]


class Readable(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Readable:
            return hasattr(other, "read") or NotImplemented
        return NotImplemented


class Page:
    def read(self):
        return "text"


class Book(Readable):
    pass


readable = [isinstance(value, Readable) for value in (Page(), Book(), Tape())]
readable_classes = [issubclass(cls, Readable) for cls in (Page, Book, Tape)]
books = [isinstance(value, Book) for value in (Page(), Book())]


class Tagged(type):
    def __instancecheck__(cls, value):
        return getattr(value, "tag", None) == cls.__name__

    def __subclasscheck__(cls, other):
        return other.__name__.startswith("Raw")


class Orders(metaclass=Tagged):
    pass


class RawOrders:
    tag = "Orders"


tagged = [isinstance(value, Orders) for value in (RawOrders(), Page(), Orders(), 5)]
tagged_in_tuples = [isinstance(value, (str, Orders)) for value in (RawOrders(), Page(), "x")]
tagged_classes = [issubclass(cls, Orders) for cls in (RawOrders, Page)]

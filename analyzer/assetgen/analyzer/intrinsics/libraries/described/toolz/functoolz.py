"""Functions on functions."""

import inspect


def identity(x):
    return x


def _is_complete(func, args, kwargs):
    try:
        inspect.signature(func).bind(*args, **kwargs)
    except TypeError:
        return False
    except ValueError:  # it has no signature
        return True
    return True


class curry:
    def __init__(self, func, *args, **kwargs):
        if isinstance(func, curry):
            args = func.args + args
            kwargs = {**func.keywords, **kwargs}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = kwargs
        self.__name__ = getattr(func, "__name__", "curry")
        self.__doc__ = getattr(func, "__doc__", None)
        self.__wrapped__ = func

    def __call__(self, *args, **kwargs):
        args = self.args + args
        kwargs = {**self.keywords, **kwargs}
        if _is_complete(self.func, args, kwargs):
            return self.func(*args, **kwargs)
        return curry(self.func, *args, **kwargs)

    def __get__(self, instance, owner=None):
        return self if instance is None else curry(self, instance)

    def bind(self, *args, **kwargs):
        return curry(self, *args, **kwargs)


def pipe(data, *funcs):
    for func in funcs:
        data = func(data)
    return data


def compose(*funcs):
    return compose_left(*reversed(funcs))


def compose_left(*funcs):
    if not funcs:
        return identity
    if len(funcs) == 1:
        return funcs[0]

    def composed(*args, **kwargs):
        result = funcs[0](*args, **kwargs)
        for func in funcs[1:]:
            result = func(result)
        return result

    return composed


def _threaded(form):
    return form if isinstance(form, tuple) else (form,)


def thread_first(val, *forms):
    for form in forms:
        func, *args = _threaded(form)
        val = func(val, *args)
    return val


def thread_last(val, *forms):
    for form in forms:
        func, *args = _threaded(form)
        val = func(*args, val)
    return val


def juxt(*funcs):
    if len(funcs) == 1 and not callable(funcs[0]):
        funcs = tuple(funcs[0])

    def all_of_them(*args, **kwargs):
        return tuple(func(*args, **kwargs) for func in funcs)

    return all_of_them


def complement(func):
    def negated(*args, **kwargs):
        return not func(*args, **kwargs)

    return negated


def do(func, x):
    func(x)
    return x


def flip(func, a=..., b=...):
    if b is ...:
        return (lambda a, b: func(b, a)) if a is ... else (lambda b: func(b, a))
    return func(b, a)


def excepts(exc, func, handler=lambda error: None):
    def guarded(*args, **kwargs):
        try:
            return func(*args, **kwargs)
        except exc as error:
            return handler(error)

    return guarded


def memoize(func=None, cache=None, key=None):
    if func is None:
        return lambda func: func
    return func


def apply(func, *args, **kwargs):
    return func(*args, **kwargs)

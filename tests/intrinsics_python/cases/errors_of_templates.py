"""What `str.format` says of templates that do not fit their values."""


def refused(template, *args, **kwargs):
    try:
        return template.format(*args, **kwargs)
    except (IndexError, KeyError, ValueError) as error:
        return type(error).__name__, str(error)


nothing_given = refused("{}")
too_few = refused("{0} and {1}", "a")
no_name = refused("{name}", other=1)
numbers_after = refused("{} {0}", 1)
numbers_before = refused("{0} {}", 1)
attributes_first = refused("{.real} {0}", 1)
unknown_conversion = refused("{!z}", 1)
unknown_format = refused("{:Q}", 1)
open_brace = refused("{")
closing_brace = refused("}")
width_is_missing = refused("{:>{width}}", "a")
fits = refused("{:>{width}}|{!r}", "a", "b", width=3)

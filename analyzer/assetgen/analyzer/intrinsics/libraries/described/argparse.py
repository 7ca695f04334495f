"""Arguments of a command line, where the list of them is given."""

from _described import not_followed

SUPPRESS = "==SUPPRESS=="
OPTIONAL = "?"
ZERO_OR_MORE = "*"
ONE_OR_MORE = "+"
REMAINDER = "..."


class ArgumentError(Exception):
    def __init__(self, argument, message):
        self.argument_name = argument
        self.message = message


class ArgumentTypeError(Exception):
    pass


class Namespace:
    def __init__(self, **kwargs):
        for name in kwargs:
            setattr(self, name, kwargs[name])

    def __repr__(self):
        shown = [f"{name}={value!r}" for name, value in self.__dict__.items()]
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other):
        return vars(self) == vars(other) if isinstance(other, Namespace) else NotImplemented

    def __contains__(self, key):
        return key in self.__dict__


class HelpFormatter:
    pass


class RawDescriptionHelpFormatter(HelpFormatter):
    pass


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass


class MetavarTypeHelpFormatter(HelpFormatter):
    pass


class Action:
    pass


class BooleanOptionalAction(Action):
    pass


class FileType:
    def __init__(self, mode="r", *args):
        self.mode = mode

    def __call__(self, text):
        return open(text, self.mode)


_ACTIONS = (
    *("store", "store_true", "store_false", "store_const", "append", "count", "extend"),
    *("help", "version", BooleanOptionalAction),
)
_FLAGS = {"store_true": (True, False), "store_false": (False, True)}


class _Argument:
    def __init__(self, names, action="store", nargs=None, const=None, default=None, **options):
        self.names = names
        self.is_option = bool(names) and names[0].startswith("-")
        self.action = action
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = options.get("type")
        self.choices = options.get("choices")
        self.required = options.get("required", not self.is_option and nargs not in ("?", "*"))
        self.dest = options.get("dest") or self._named()
        if action in _FLAGS:
            self.const, otherwise = _FLAGS[action]
            self.default = otherwise if default is None else default
        elif action is BooleanOptionalAction:
            self.names = [*names, *(f"--no-{name[2:]}" for name in names if name[:2] == "--")]
        self.takes = 0 if action in (*_FLAGS, "store_const", "count", "help", "version") else 1
        if action is BooleanOptionalAction:
            self.takes = 0

    def _named(self):
        long = [name for name in self.names if name.startswith("--")]
        return (long or self.names)[0].lstrip("-").replace("-", "_")

    def converted(self, text):
        value = text if self.type is None else self.type(text)
        if self.choices is not None and value not in self.choices:
            raise SystemExit(2)
        return value

    def starting(self):
        if isinstance(self.default, str) and self.type is not None:
            return self.type(self.default)
        return self.default


class _Container:
    def __init__(self, root=None):
        self.root = root or self

    def add_argument(self, *names, **options):
        made = _Argument(list(names), **options)
        self.root.arguments.append(made)
        return made

    def add_argument_group(self, *args, **options):
        return _Container(self.root)

    def add_mutually_exclusive_group(self, **options):
        return _Container(self.root)

    def set_defaults(self, **defaults):
        self.root.defaults.update(defaults)

    def get_default(self, dest):
        for each in self.root.arguments:
            if each.dest == dest and each.default is not None:
                return each.default
        return self.root.defaults.get(dest)


class _Subparsers:
    def __init__(self, dest=None):
        self.dest = dest
        self.choices = {}

    def add_parser(self, name, **options):
        self.choices[name] = ArgumentParser(**options)
        return self.choices[name]


class ArgumentParser(_Container):
    def __init__(self, prog=None, *args, parents=(), **options):
        super().__init__()
        self.prog = prog
        self.arguments = []
        self.defaults = {}
        self.subparsers = None
        if options.get("prefix_chars", "-") != "-" or options.get("fromfile_prefix_chars"):
            not_followed("argparse with other prefixes")
        for parent in parents:
            self.arguments += parent.arguments
            self.defaults.update(parent.defaults)

    def add_subparsers(self, dest=None, **options):
        self.subparsers = _Subparsers(dest)
        return self.subparsers

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)

    def print_help(self, file=None):
        return None

    print_usage = print_help

    def format_help(self):
        return not_followed("the help of argparse")

    format_usage = format_help

    def parse_args(self, args=None, namespace=None):
        found, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found

    def parse_known_args(self, args=None, namespace=None):
        if args is None:
            args = not_followed("the command line with which the code runs")
        found = Namespace() if namespace is None else namespace
        for each in self.arguments:
            if each.default is not SUPPRESS and each.action not in ("help", "version"):
                if not hasattr(found, each.dest):
                    setattr(found, each.dest, each.default)
        if self.subparsers is not None and self.subparsers.dest is not None:
            setattr(found, self.subparsers.dest, None)
        for name, value in self.defaults.items():
            held = [each for each in self.arguments if each.dest == name]
            if held or not hasattr(found, name):
                setattr(found, name, value)
        return _Run(self, list(args), found).result()


class _Run:
    def __init__(self, parser, args, found):
        self.parser = parser
        self.args = args
        self.found = found
        self.rest = []
        self.given = []
        self.positionals = []
        self.ends = []

    def result(self):
        place = 0
        while place < len(self.args):
            place = self.take(place)
        self.assign()
        for each in self.parser.arguments:
            if each.dest in self.given or each.action in ("help", "version"):
                continue
            if each.required:
                self.parser.error(f"the following arguments are required: {each.dest}")
            if isinstance(getattr(self.found, each.dest, None), str) and each.type is not None:
                if getattr(self.found, each.dest) == each.default:
                    setattr(self.found, each.dest, each.starting())
        return self.found, self.rest

    def take(self, place):
        text = self.args[place]
        if text == "--":
            self.positionals += self.args[place + 1 :]
            return len(self.args)
        if self.parser.subparsers is not None and text in self.parser.subparsers.choices:
            return self.hand_on(place)
        if not self.is_option(text):
            self.positionals.append(text)
            self.ends.append(place)
            return place + 1
        name, has_value, value = text.partition("=")
        option = self.option(name)
        if option is None and text[:2] != "--" and len(text) > 2:
            return self.take_short(place)
        if option is None:
            self.rest.append(text)
            return place + 1
        if has_value:
            self.store(option, [value], name)
            return place + 1
        texts = [] if option.takes == 0 else self.following(place + 1, option.nargs)
        self.store(option, texts, name)
        return place + 1 + len(texts)

    def take_short(self, place):
        """`-vv`, `-n5`: several flags, or an option with its value."""
        text = self.args[place]
        option = self.option(text[:2])
        if option is None:
            self.rest.append(text)
        elif option.takes:
            self.store(option, [text[2:]], text[:2])
        else:
            self.store(option, [], text[:2])
            self.args[place] = f"-{text[2:]}"
            return place
        return place + 1

    def hand_on(self, place):
        name = self.args[place]
        if self.parser.subparsers.dest is not None:
            setattr(self.found, self.parser.subparsers.dest, name)
        chosen = self.parser.subparsers.choices[name]
        found, rest = chosen.parse_known_args(self.args[place + 1 :])
        for key, value in vars(found).items():
            setattr(self.found, key, value)
        self.rest += rest
        return len(self.args)

    def is_option(self, text):
        if text[:1] != "-" or text == "-":
            return False
        is_number = text[1:].replace(".", "", 1).isdigit()
        return not is_number or self.option(text) is not None

    def option(self, name):
        exact = [each for each in self.parser.arguments if each.is_option and name in each.names]
        if exact:
            return exact[0]
        near = [
            each
            for each in self.parser.arguments
            if each.is_option and any(own.startswith(name) for own in each.names)
        ]
        return near[0] if len(near) == 1 and name[:2] == "--" else None

    def following(self, place, nargs):
        """The values of an option that stand after it."""
        texts = []
        most = {None: 1, "?": 1}.get(nargs, nargs)
        for text in self.args[place:]:
            if (
                self.is_option(text)
                or text == "--"
                or (isinstance(most, int) and len(texts) == most)
            ):
                break
            texts.append(text)
        if (nargs is None and not texts) or (nargs == "+" and not texts):
            self.parser.error("expected an argument")
        if isinstance(nargs, int) and len(texts) != nargs:
            self.parser.error(f"expected {nargs} arguments")
        return texts

    def store(self, argument, texts, name=""):
        self.given.append(argument.dest)
        if argument.action not in _ACTIONS:
            setattr(self.found, argument.dest, not_followed("what an action of argparse does"))
            return
        before = getattr(self.found, argument.dest, None)
        values = [argument.converted(text) for text in texts]
        if argument.action in ("help", "version"):
            raise SystemExit(0)
        if argument.action is BooleanOptionalAction:
            value = not name.startswith("--no-")
        elif argument.action == "count":
            value = (before or 0) + 1
        elif argument.takes == 0:
            value = argument.const
        elif argument.nargs is None:
            value = values[0]
        elif argument.nargs == "?":
            value = values[0] if values else argument.const
        else:
            value = values
        if argument.action == "append":
            value = [*(before or []), value]
        elif argument.action == "extend":
            value = [*(before or []), *value]
        setattr(self.found, argument.dest, value)

    def assign(self):
        """Give the texts that belong to no option to the arguments that are taken by place."""
        wanted = [each for each in self.parser.arguments if not each.is_option]
        texts = self.positionals
        is_split = self.ends[-1:] > [end + len(self.ends) - 1 for end in self.ends[:1]]
        if is_split and any(each.nargs in ("?", "*", "+") for each in wanted):
            for each in wanted:
                setattr(self.found, each.dest, not_followed("which arguments go with which"))
                self.given.append(each.dest)
            self.rest = not_followed("which arguments go with which")
            return
        for number, each in enumerate(wanted):
            after = sum(_least(other) for other in wanted[number + 1 :])
            count = {None: 1, "?": 1}.get(each.nargs, each.nargs)
            if not isinstance(count, int):
                count = len(texts) - after
            count = max(0, min(count, len(texts) - after))
            if count < _least(each):
                self.parser.error(f"the following arguments are required: {each.dest}")
            if count or each.nargs == "*":
                taken, texts = texts[:count], texts[count:]
                if taken or each.default is None:
                    self.store(each, taken)
        self.rest = texts + self.rest


def _least(argument):
    counts = {None: 1, "?": 0, "*": 0, "+": 1}
    return counts.get(argument.nargs, argument.nargs)

import math
import operator
from decimal import Decimal
from fractions import Fraction

ints = int("12"), int("ff", 16), int(3.9), int(), int(True), int("0b11", 0)
floats = float("1.5"), float(2), float("-inf"), float()
bools = bool(0), bool([]), bool("x"), bool(), bool({}), bool(None)
rounding = round(2.5), round(2.675, 2), round(1234, -2), round(1.5)
absolute = abs(-3), abs(-1.5), divmod(7, 3), pow(2, 10), pow(3, 4, 5), pow(2, -1)
bases = bin(5), oct(8), hex(255), chr(97), ord("a")
methods = (5).bit_length(), (1.5).is_integer(), (2.0).is_integer(), (10).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "big")
maths = math.sqrt(16), math.ceil(1.2), math.floor(-1.2), math.gcd(12, 18), math.prod([1, 2, 3]), math.factorial(5), math.comb(5, 2)
logs = math.log(8, 2), math.log10(1000), math.log2(8), math.isclose(0.1 + 0.2, 0.3), math.pi, math.inf
fraction = Fraction(1, 3) + Fraction(1, 6), Fraction("0.5").denominator
decimal = Decimal("1.10") + Decimal("2.20"), str(Decimal("1.0").quantize(Decimal("0.001")))
functions = operator.add(1, 2), operator.mul(3, 4), operator.mod(7, 4), operator.neg(2), operator.not_([]), operator.eq(1, 1.0), operator.lt(1, 2)
complexes = complex(1, 2), (1 + 2j) * 2
attributes = (3).real, (3).imag, range(1, 10, 2).step, range(5).start
cut = slice(1, 5, 2)
bounds = cut.start, cut.stop, cut.step, cut.indices(4)

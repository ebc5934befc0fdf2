"""Exceptions, and answers that are no numbers, in words that say what to change."""

import difflib
import re
import traceback
import types

import numpy as np

from lessons_lib.exercises.comparing import size_in_words

# (what an exception's text looks like, what it means; {0}, {1} are what the brackets of the pattern caught)
_MEANINGS = [
    (r"bitwise_xor|for \^", "a power is ** in Python, not ^."),
    (r"truth value of an (?:array|empty array)", "one yes or no is asked for (by if, while, and, or, not, max, min or a double comparison), but an array has one for each of its numbers: np.where, & and |, and brackets around each comparison, work number by number."),
    (r"could not be broadcast together with shapes \(0,\)", "an empty list += an array adds number by number, and has none: append(…) puts the array at the end of a list."),
    (r"operands could not be broadcast together|not broadcastable|could not broadcast", "these shapes do not fit for + − * /, which work number by number. {sides}{shapes}Is a transpose .T, an @ in the place of *, or keepdims=True missing?"),
    (r"unsupported operand type\(s\) for @", "@ multiplies arrays, and here are single numbers: use * for these. {shapes}"),
    (r"matmul: Input operand (\d) does not have enough dimensions", "@ multiplies arrays, but one side is a single number: use * for that. {shapes}"),
    (r"matmul: Input|not aligned|mismatch in its core dimension", "for A @ B the last axis of A needs to be as long as the first of B. {shapes}Is a transpose .T missing, or the order the other way round?"),
    (r"__round__", "round is for one number; and here the numbers are asked for as they are."),
    (r"for .*'(?:function|builtin_function_or_method|method|numpy\.ufunc|numpy\._ArrayFunctionDispatcher)'", "a function stands where its value is needed: call it, with its arguments in round brackets."),
    (r"einstein sum|einsum", "the letters of einsum do not fit the arrays. {shapes}"),
    (r"only (?:length-1|size-1|0-dimensional|0-d) arrays can be converted", "a function for one number (such as math.exp, float or int) got a whole array: np.exp, np.log, np.sqrt … work on arrays. {shapes}"),
    (r"must be real number, not (\w+)|cannot convert the series", "a function for one number (such as math.exp) got a {0}."),
    (r"only integer scalar arrays can be converted to a scalar index", "a whole number is needed here, and an array came: is it range(len(X)) or range(n)? {shapes}"),
    (r"only integers, slices|arrays used as indices must be of integer|indices must be integers or slices, not float|integers or slices, not numpy.float|slice indices must be integers", "an index needs to be a whole number: // divides to one, int(…) makes one. {shapes}"),
    (r"indices must be integers or slices, not tuple", "a list of lists takes [i][j]; [i, j] is for arrays: np.array(…) makes one."),
    (r"indices must be integers or slices, not (?:numpy\.)?(\w+)", "an index needs to be a whole number, and is a {0} here."),
    (r"'(\w*float\w*)' object cannot be interpreted as an integer", "a whole number is needed here: // divides to one, int(…) makes one."),
    (r"'(?:numpy.)?(\w*list|tuple|ndarray|str)' object cannot be interpreted as an integer", "a whole number is needed here, and a {0} came: is it range(len(…))?"),
    (r"boolean index did not match", "the yes and no in [ ] need to be as many as the numbers they pick from. {shapes}"),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", "index {0} is asked for along an axis with {2} places, which count from 0. {shapes}"),
    (r"NoneType", "something is None here: a function without return, or a method such as append, shuffle or sort, which changes its list and returns nothing."),
    (r"(list|tuple|string|pop) (?:assignment )?index out of range|pop from empty list", "an index goes beyond the end: the places count from 0, so the last is len(…) − 1, and an empty list has none."),
    (r"too many indices for array: array is (\d)-dimensional, but (\d) were indexed", "{1} indices for an array with {0} axes. {shapes}"),
    (r"invalid index to scalar|'\w*(?:float|int|bool)\w*' object is not subscriptable", "one number has no places [ ] to pick from: is it an array before, or picked once too often?"),
    (r"'(?:builtin_function_or_method|function|method|numpy\._ArrayFunctionDispatcher|numpy\.ufunc)' object is not subscriptable", "a function is called with round brackets ( ), not with [ ]."),
    (r"'(\w+)' object is not subscriptable", "a {0} has no places [ ] to pick from."),
    (r"(zip|map|generator|filter|enumerate|range)' object has no attribute|object of type '(zip|map|generator|filter)' has no len", "a zip, map or generator is no list yet: put list( ) around it."),
    (r"Cannot cast ufunc '(\w+)' output from dtype\('float64'\) to dtype\('int", "an array of whole numbers cannot take fractions by += or −=: w = w − …, or start from floats such as np.zeros(…)."),
    (r"Cannot cast ufunc", "the array cannot hold these numbers in place: w = w − … makes a new one."),
    (r"name '(\w+)' is not defined", "{0} is not known here. {meant}"),
    (r"(?:local|free) variable '(\w+)' (?:referenced before assignment|where it is not associated)|cannot access (?:local|free) variable '(\w+)'", "{0} has no value yet at this point: give it one before (before the loop, or in every branch of the if)."),
    (r"module '(?:numpy|math)' has no attribute 'ln'", "the natural logarithm is np.log."),
    (r"module '([\w.]+)' has no attribute '(\w+)'", "{0} has no {1}: is it a function of your own, without {0}. in front, or spelled otherwise? {meant}"),
    (r"'(list|tuple)' object has no attribute '(replace|split|join|lower|upper|strip|startswith|endswith)'", "a {0} has no .{1}, a text has: go through its parts, one by one."),
    (r"'list' object has no attribute '(\w+)'", "a list has no .{0}: np.array(…) makes an array of it."),
    (r"'numpy.ndarray' object has no attribute 'append'", "an array has no append: start with a list [ ], append to it, and make an array at the end."),
    (r"'numpy.ndarray' object has no attribute '(index|count|extend|insert|pop|remove)'", "an array has no .{0}, lists have: list(…).{0}(…), or np.argmax, np.flatnonzero, np.sum of a comparison."),
    (r"'numpy.ndarray' object has no attribute '(\w+)'", "an array has no .{0}{of_numpy}."),
    (r"'(?:numpy.)?(\w+)' object has no attribute '(\w+)'", "a {0} has no .{1}."),
    (r"'(?:numpy.)?(float\w*|int\w*|ndarray|list|tuple|str)' object is not callable", "round brackets after a {0} try to call it: is a * missing, or [ ] meant? Or has a function's name been given to a number?"),
    (r"Generator' object is not callable", "a random generator is not called itself, but by what it is to do: .permutation(n), .random(), .normal(…)."),
    (r"object of type '(?:numpy.)?(\w+)' has no len|len\(\) of unsized object", "len asks how many, but here is one number."),
    (r"'(?:numpy.)?(?:int|float)\w*' object is not iterable|iteration over a 0-d array|'\w*int\w*' object is not iterable", "a loop, sum or max goes through a list, and here is one number. For a loop: for i in range(n)?"),
    (r"cannot unpack non-iterable|not enough values to unpack|too many values to unpack", "the names on the left are not as many as the values on the right."),
    (r"'(?:numpy\.)?(?:float|int|bool)\w*' object does not support item assignment", "one number has no places [ ] to write into: give the name a new value, with if or np.where."),
    (r"'(\w+)' object does not support item assignment", "a {0} cannot be changed in place: make a list or an array of it first."),
    (r"multiply sequence by non-int|for [-/*]+=?: '(?:list|tuple)'|for [-/*]+=?: '\w+' and '(?:list|tuple)'|can only concatenate|bad operand type for unary -: '(?:list|tuple)'", "+ − * / do not compute with a list number by number: np.array(…) makes an array, which does. (A list with + grows longer, and with * repeats itself.)"),
    (r"setting an array element with a sequence|inhomogeneous", "a single place of an array got several numbers: are its parts equally long, and is one number meant?"),
    (r"argument \d must be str, not (\w+)", "a text is needed here, and a {0} came."),
    (r"could not convert string to float|for .*'str'|must be str|can't multiply sequence", "a text stands where a number is needed."),
    (r"axis (-?\d+) is out of bounds for array of dimension (\d+)", "axis={0} is asked for, but the array has {1} of them, which count from 0. {shapes}"),
    (r"Singular matrix", "this matrix has no inverse: a row or column follows from others. np.linalg.lstsq or pinv do without one."),
    (r"must be square|at least two-dimensional", "this needs a square table, as many rows as columns. {shapes}"),
    (r"cannot reshape array of size (\d+) into shape (.*)", "{0} numbers do not fill the shape {1}."),
    (r"(?:all the input|need at least one|must have (?:the )?same|all input|dimensions must match|sequence argument must have length)", "the pieces do not fit together. {shapes}"),
    (r"math domain error", "math got a number it cannot take, such as the log of 0 or the root of a negative number."),
    (r"division by zero|divide by zero", "something is divided by 0."),
    (r"overflow|too large|Result too large|math range error", "a number grows too large, such as e to a large number: what keeps the exponent small?"),
    (r"No module named '(\w+)'", "{0} is not at hand here, and not needed: numpy, as np, does it."),
    (r"name '(torch|tf|tensorflow|jax|F|nn)' is not defined", "{0} is from another library; numpy, as np, does it."),
    (r"zero-size array to reduction operation (\w+)", "the {0} of nothing is asked for: a part such as x[:0] is empty."),
    (r"either both or neither of x and y", "np.where takes three things: the condition, what stands where it is true, and what where it is not."),
    (r"did not contain a loop with signature matching types.*(?:<U|StrDType)", "a text stands where a number is needed: without quotes, such as -np.inf."),
    (r"axes don't match array", "transpose is given another number of axes than the array has; .T turns rows and columns. {shapes}"),
    (r"(\S+) is not in (?:the )?list|list\.(?:index|remove)\(x\): x not in list", "the list does not have it: ask first, with if … in …."),
    (r"KeyError: (.*)", "a dictionary has no {0}: is it spelled exactly like this, and of the same kind?"),
    (r"append\(\) takes exactly one argument", "append takes one thing: put a pair in brackets of its own, append((a, b))."),
    (r"missing \d+ required (?:positional )?argument", "a function is called with too few arguments: {text}."),
    (r"takes .*positional arguments? but|unexpected keyword|multiple values for", "a function is called with other arguments than it takes: {text}."),
    (r"negative dimensions|must be non-negative|expected non-empty|larger sample than population", "a size is out of range: {text}."),
]  # fmt: skip


def error_in_words(error, function):
    """What an exception of the learner's function means, where it arose, and the shapes involved."""
    if isinstance(error, RecursionError):
        return "it called itself without end."
    text = described(error)
    line, given = _where(error, function)
    code = f", in the line “{line}”" if line else ""
    if re.search(r"[<>]=?[^=&|]*==|==[^=&|]*[<>]", line) and "truth value" in text:
        return f"Python reads a double comparison as two joined by “and”: put brackets around the first, (p >= 0.5) == y{code}."
    if "enough dimensions" in text and (name := _uncalled(line, function)):
        return f"it stopped{code}: {name} is a function: call it, with its arguments in round brackets."
    for pattern, meaning in _MEANINGS if not _is_ours(error) else ():
        if found := re.search(pattern, text):
            caught = [part for part in found.groups() if part is not None]
            meaning = meaning.format(
                *caught,
                text=text.partition(": ")[2],
                shapes=_shapes(line, given),
                sides="".join(
                    f"The two sides have shape {a} and {b}. "
                    for a, b in re.findall(r"shapes (\(.*?\)) (\(.*?\))", text)
                ),
                meant=_meant(caught[-1], given) if caught else "",
                of_numpy=f": np.{caught[-1]}(…) may be meant"
                if caught and hasattr(np, caught[-1])
                else ", as another library's may have",
            ).replace(",newaxis", ", -1")
            meaning = re.sub(r"\ba (?=(?:int\w*|ndarray|array)\b)", "an ", meaning.strip())
            return f"it stopped{code}: {meaning} ({type(error).__name__})"
    if _is_ours(error):  # the course's own sentence
        return f"it stopped{code}: {text.partition(': ')[2]}"
    return f"it raised {text}{code}."


def _is_ours(error):
    """True when a function of the course has refused its arguments."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(frames) and frames[-1].f_globals.get("__name__", "").startswith("lessons_lib.maths")


def described(error):
    """An exception as Python names it, in one line."""
    try:
        message = " ".join(str(error).split())[:300] or "no message"
    except Exception:  # the learner's own exception class may have a faulty __str__
        message = "no message"
    return f"{type(error).__name__}: {message}"


def _where(error, function):
    """The learner's line that raised, and the values that its names had then."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    line, given = "", {}
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == file:
            line = traceback.linecache.getline(file, number).partition("  #")[0].strip() or line
            given = frame.f_locals
    return line, given


def _uncalled(line, function):
    """A name in the line that is a function, and has no brackets after it."""
    known = getattr(function, "__globals__", {})
    names = re.findall(r"(?<![\w.])[^\W\d]\w*(?!\w|\s*[(.=])", line)
    return next((name for name in names if isinstance(known.get(name), types.FunctionType)), None)


_OWN = ("relu", "softmax", "sigmoid", "onehot", "one_hot", "loss")


def _meant(name, given):
    """What a name that is not known may have been meant to be."""
    if name in dir(np):
        return f"np.{name}{'(…)' if callable(getattr(np, name)) else ''} may be meant."
    if name in _OWN:
        return "Is it a function of your own, and its cell run?"
    near = difflib.get_close_matches(name, [*given, *(each for each in dir(np) if each.islower())], n=1, cutoff=0.7)
    if near:
        return f"{near[0] if near[0] in given else 'np.' + near[0]} may be meant."
    return "Is it spelled as it was defined, and its cell run?"


def _shapes(line, given):
    """The shapes of the arrays that the line names, as a sentence."""
    named = dict.fromkeys(re.findall(r"[^\W\d]\w*", line))
    sizes = [f"{name} has shape {given[name].shape}" for name in named if isinstance(given.get(name), np.ndarray)]
    sizes += [f"{name} is the text “{given[name]}”" for name in named if isinstance(given.get(name), str)]
    return f"Here {', '.join(sizes)}. " if sizes else ""


_KINDS = {
    types.GeneratorType: "a generator, which has not computed anything yet: put list( ) around it, or [ ] in the place of ( )",
    map: "a map, which has not computed anything yet: put list( ) around it",
    zip: "a zip, which has not paired anything yet: put list( ) around it",
    filter: "a filter, which has not picked anything yet: put list( ) around it",
    enumerate: "an enumerate: put list( ) around it",
    reversed: "a reversed, which has not turned anything round yet: put list( ) around it, or take it [::-1]",
    set: "a set, which has no order and holds nothing twice: make a list with [ ], not with { }",
    dict: "a dictionary: return its values alone, in a list",
    type({}.values()): "the values of a dictionary: put list( ) around them",
    str: "a text: return the numbers themselves, without quotes and without print",
    types.FunctionType: "a function: call it, with its arguments in brackets",
}


def kind_in_words(answer, n_parts=1):
    """What an answer that is not made of numbers is, and what to do about it; n_parts: of how many the right one is."""
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        answer = list(answer) if answer.ndim else answer.item()
    for kind, told in _KINDS.items():
        if isinstance(answer, kind):
            return f"returned {told}."
    if isinstance(answer, list | tuple) and not any(isinstance(part, complex) for part in answer):
        return _parts_in_words(answer, n_parts)
    if isinstance(answer, list | tuple) or np.iscomplexobj(answer):
        return "returned complex numbers: is there a root or a power of a negative number?"
    if isinstance(answer, np.ndarray) and answer.dtype.kind in "US":
        return "returned an array of texts: leave the quotes out, so that they are numbers."
    if callable(answer):
        return f"returned {getattr(answer, '__name__', 'a function')}, a function: call it, with its arguments in brackets."
    return f"returned a {type(answer).__name__} that is not made of numbers."


def _leaves(parts):
    for part in parts:
        yield from _leaves(part) if isinstance(part, list | tuple) else (part,)


def _parts_in_words(parts, n_parts):
    kind = type(parts).__name__
    strange = [part for part in _leaves(parts) if part is None or isinstance(part, (str, *_KINDS))]
    if strange:
        what = {type(None): "None", str: "a text"}.get(type(strange[0]), f"a {type(strange[0]).__name__}")
        return f"returned a {kind} that holds {what}, which is no number."
    sizes = [
        np.shape(part) if isinstance(part, np.ndarray) else np.shape(part) if np.isscalar(part) else (len(part),)
        for part in parts
    ]
    if kind == "tuple" and n_parts > 1 and len(parts) != n_parts:
        return f"returned {len(parts)} things, {', '.join(size_in_words(size) for size in sizes)}; {n_parts} are asked for."
    if kind == "tuple" and len(set(sizes)) > 1 and n_parts == 1:
        return f"returned a tuple of {len(parts)} parts of different shapes; one array is needed."
    if len(set(sizes)) > 1:
        first, other = sizes[0], next(size for size in sizes if size != sizes[0])
        return f"returned a {kind} whose parts differ: the first is {size_in_words(first)}, another {size_in_words(other)}."
    return f"returned a {kind} that is not made of numbers."

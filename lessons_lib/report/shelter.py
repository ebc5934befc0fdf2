"""Where learners' code runs again: what it is locked in, and what of that this machine offers.

    namespaces   Linux, as root or where a user may make namespaces. A view of the files that holds Python, this course
                 and an empty folder in memory, and of these only the folder can be written; no network; no other
                 process to be seen or signalled. Root becomes nobody first.
    nobody       Linux and macOS, as root without namespaces (a container). The code runs as nobody, whom the rights of
                 your files keep out; the network is not cut.
    none         anything else. A folder of its own, a bare environment, and the limits below; no more than that.

Everywhere: seconds of wall clock, then the process and what it started are killed. On Linux and macOS: seconds of
processor, the size of files, and no further processes or threads at all (root excepted); on Linux 2 GB of memory.
"""

import ctypes
import os
import shutil
import sys
import sysconfig
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None

FOLDER = "/throw-away"  # the one that can be written in namespaces
KINDS = ("namespaces", "nobody", "none")
MEMORY = 2 * 1024**3
LARGEST_FILE = 16 * 1024**2
_NOBODY = 65534
_SYSTEM = ("/usr", "/lib", "/lib64", "/nix/store", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")
_BIND, _RECURSIVE, _READ_ONLY, _NO_SUID = 0x1000, 0x4000, 1, 2  # of Linux' mount() and mount_setattr()
_MOUNT_SETATTR = 442  # the number of the system call, on every kind of processor
_NO_NEW_PRIVILEGES = 38  # of Linux' prctl()

SAID = {
    "namespaces": "Run again with no network, no other processes and nothing to write but an empty folder.",
    "nobody": "Run again as the user nobody, whom the rights of your files keep out; the network was not cut.",
    "none": "Run again as you, without a shelter: only time was limited, and, where they can be, memory and processes.",
}
REFUSED = (
    "This machine offers no shelter, so learners' code could reach your files and the network: run --rerun on Linux as "
    "root (sudo, or a container started with --network none), or add --unsheltered to run it all the same."
)


def is_root():
    """Whether this process may do everything here."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_offered(kind):
    """Whether it is worth a try on this machine."""
    if kind == "namespaces":
        return sys.platform == "linux" and shutil.which("unshare") is not None
    return kind == "none" or is_root()


def command(kind):
    """What stands before the command that is to run in a shelter."""
    if kind != "namespaces":
        return []
    mine = [] if is_root() else ["--user", "--map-root-user"]
    unshare = ["unshare", *mine, "--net", "--mount", "--pid", "--ipc", "--fork", "--kill-child"]
    # The shell is the first process within: all others die with it, also those that left its group or session.
    return [*unshare, "sh", "-c", '"$@"; exit', "sh"]


def enter(kind, place, root, seconds):
    """Lock this process in, for good. place: an empty folder; root: whether its parent was. OSError where it fails."""
    if root and kind == "nobody":
        os.chown(place, _NOBODY, _NOBODY)
    if kind == "namespaces":
        _own_view(place, root)
    else:
        os.chdir(place)
    if root and kind != "none":
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    if kind == "namespaces":
        _give_up_rights()
    if resource:
        limits = {"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": LARGEST_FILE, "RLIMIT_CPU": int(seconds) + 1, "RLIMIT_CORE": 0,
                  "RLIMIT_NOFILE": 64, "RLIMIT_NPROC": 0}  # fmt: skip
        for name, limit in limits.items():
            if sys.platform == "linux" or name != "RLIMIT_AS":  # macOS refuses it
                resource.setrlimit(getattr(resource, name), (limit, limit))


def _own_view(place, root):
    """Make a file system of what Python and the course need, only to read, and an empty folder; go there."""
    _call("mount", b"tmpfs", place.encode(), b"tmpfs", 0, b"size=32m,mode=755")
    for path in _needed():
        target = Path(place + path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.path.islink(path):
            target.symlink_to(os.readlink(path))
            continue
        target.mkdir() if os.path.isdir(path) else target.touch()
        _call("mount", path.encode(), str(target).encode(), None, _BIND | _RECURSIVE, None)
        attributes = (ctypes.c_uint64 * 4)(_READ_ONLY | _NO_SUID, 0, 0, 0)
        _call("syscall", _MOUNT_SETATTR, -100, str(target).encode(), 0x8000, attributes, 32)
    folder = place + FOLDER
    os.mkdir(folder)
    if root:
        os.chown(folder, _NOBODY, _NOBODY)
    os.chroot(place)
    os.chdir(FOLDER)


def _needed():
    """The files and folders that Python, what is installed and this course consist of; none lies within another."""
    package = Path(__file__).resolve().parents[1]
    installed = [path for path in sys.path if path.endswith("packages")]
    paths = [*_SYSTEM, sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), *installed, str(package)]
    paths = [os.path.abspath(path) for path in (*paths, str(package.parent / "data")) if os.path.lexists(path)]
    outer = []
    for path in sorted(set(paths), key=len):
        if not any(path.startswith(each + "/") for each in outer):
            outer.append(path)
    return outer


def _give_up_rights():
    """Keep no right that root of a namespace has, and let no program give any back."""
    _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _call("capset", (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)())


def _call(name, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")

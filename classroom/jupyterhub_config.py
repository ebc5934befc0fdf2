"""A hub for a class on one machine: what the limits are and why stands in hub.md beside this file.

To try it, with names as you like, one password and no accounts of the system (so no learner is safe from another):

    COURSE_PASSWORD=choose-a-long-one jupyterhub --config PATH/classroom/jupyterhub_config.py

Without COURSE_PASSWORD, accounts and servers are those of JupyterHub's own defaults, or of The Littlest JupyterHub,
which reads this file from /opt/tljh/config/jupyterhub_config.d/.
"""

import asyncio
import contextlib
import importlib.util
import itertools
import os
import socket
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

c = get_config()  # noqa: F821

# Where nbgitpuller puts the course in a learner's home (its link says targetpath=course).
COURSE = "course"

# A burst: all at once, thirty servers and kernels get in each other's way until every one is given up after the hub's
# 30 seconds; so a few start at a time, the others wait for their turn, and each has time to come up.
AT_A_TIME = int(os.environ.get("STARTS_AT_A_TIME", 2 * (os.cpu_count() or 1)))
turns = asyncio.Semaphore(AT_A_TIME)


# Kernels take their ports from the system's range, 32768 and up. A server's own, promised by the hub and taken seconds
# later, lies below, or now and then a kernel has it first and that learner's server never answers.
ports = itertools.cycle(range(20000, 30000))


def free_port():
    for port in ports:
        with contextlib.suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port


async def wait_for_a_turn(spawner):
    """Hold a start back until fewer than AT_A_TIME others are under way; the learner's page shows the progress bar."""
    await turns.acquire()
    if isinstance(spawner, LocalProcessSpawner):  # containers have ports of their own
        spawner.port = free_port()

    async def until_it_is_up():
        while spawner.pending:
            await asyncio.sleep(0.2)
        turns.release()

    spawner._turn = asyncio.ensure_future(until_it_is_up())  # kept, or it would be cleared away


c.Spawner.pre_spawn_hook = wait_for_a_turn
c.Spawner.http_timeout = 180
c.Spawner.start_timeout = 180
c.JupyterHub.concurrent_spawn_limit = 0  # nobody is sent away with "try again later": the turns above see to it


def course_of(spawner):
    """The folder of the course in a learner's home, whatever kind of spawner knows where that is."""
    if home := getattr(spawner, "home_dir", ""):
        return f"{home}/{COURSE}"
    for account in (spawner.user.name, f"jupyter-{spawner.user.name}"):  # the second: The Littlest JupyterHub
        with contextlib.suppress(ImportError, KeyError):
            import pwd

            return f"{pwd.getpwnam(account).pw_dir}/{COURSE}"
    return f"/home/jovyan/{COURSE}"


# One thread a learner, and the library that came with the lessons before the one that is installed here.
c.Spawner.environment = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONPATH": course_of,
}

# Server, four lessons and room for a learner's own arrays; spawners of containers and systemd hold learners to it.
c.Spawner.mem_limit = "1G"

c.Spawner.default_url = "/lab"
c.Spawner.args = [
    # A kernel that nobody looks at ends after half an hour; one with an open page stays.
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_interval=120",
    # No searching for extensions in the network.
    "--LabApp.extension_manager=readonly",
    "--LabApp.news_url=None",
]

# A server whose page is closed ends after an hour. The Littlest JupyterHub has a service of its own for that.
if "tljh" not in sys.modules and importlib.util.find_spec("jupyterhub_idle_culler"):
    scopes = ["list:users", "read:users:activity", "read:servers", "delete:servers"]
    c.JupyterHub.load_roles = [{"name": "idle-culler", "scopes": scopes, "services": ["idle-culler"]}]
    culler = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"]
    c.JupyterHub.services = [{"name": "idle-culler", "command": culler}]

if password := os.environ.get("COURSE_PASSWORD"):
    c.JupyterHub.authenticator_class = "shared-password"
    c.SharedPasswordAuthenticator.user_password = password
    c.Authenticator.allow_all = True
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(Path("learners").absolute() / "{username}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        c.Spawner.args.append("--allow-root")

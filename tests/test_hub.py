"""The hub's settings, its values for a cluster, and the numbers of its page hold together; a hub runs where one is."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import types

import pytest
from conftest import ROOT

CLASSROOM = ROOT / "classroom"
HUB = importlib.util.find_spec("jupyterhub") is not None
CONFIG = CLASSROOM / "jupyterhub_config.py"
VALUES = (CLASSROOM / "values.yaml").read_text(encoding="utf-8")
PAGE = (CLASSROOM / "hub.md").read_text(encoding="utf-8")


class LocalSpawner:
    """Stands for JupyterHub's own, of processes on this machine."""

    pending = "spawn"
    port = 0


class Settings(dict):
    """Takes what a configuration file sets, as traitlets' own does: c.Spawner.http_timeout = 120."""

    def __getattr__(self, name):
        return self.setdefault(name, Settings())

    def __setattr__(self, name, value):
        self[name] = value


def settings(monkeypatch, **environment):
    if not HUB:  # its settings are tested without it, too
        spawner = types.SimpleNamespace(LocalProcessSpawner=LocalSpawner)
        monkeypatch.setitem(sys.modules, "jupyterhub", types.SimpleNamespace(spawner=spawner))
        monkeypatch.setitem(sys.modules, "jupyterhub.spawner", spawner)
    else:
        monkeypatch.setattr("jupyterhub.spawner.LocalProcessSpawner", LocalSpawner)
    for name in ("COURSE_PASSWORD", "STARTS_AT_A_TIME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    c = Settings()
    exec(compile(CONFIG.read_text(encoding="utf-8"), str(CONFIG), "exec"), {"get_config": lambda: c})
    return c


def test_a_burst_gets_the_time_that_it_needs(monkeypatch):
    c = settings(monkeypatch)
    assert c.Spawner.http_timeout >= 120 and c.Spawner.start_timeout >= 120
    assert c.JupyterHub.concurrent_spawn_limit == 0  # nobody is sent away
    assert c.Spawner.environment["OPENBLAS_NUM_THREADS"] == c.Spawner.environment["OMP_NUM_THREADS"] == "1"


def test_only_so_many_start_at_a_time_and_all_get_their_turn(monkeypatch):
    import asyncio

    async def burst():
        hook = settings(monkeypatch, STARTS_AT_A_TIME="2").Spawner.pre_spawn_hook
        under_way, most = set(), 0

        async def start(spawner):
            nonlocal most
            await hook(spawner)
            under_way.add(spawner)
            most = max(most, len(under_way))
            await asyncio.sleep(0.05)
            under_way.discard(spawner)
            spawner.pending = None

        await asyncio.gather(*(start(LocalSpawner()) for _ in range(6)))
        return most

    assert asyncio.run(asyncio.wait_for(burst(), 30)) == 2


def test_servers_have_ports_of_their_own_apart_from_those_of_kernels(monkeypatch):
    import asyncio

    async def two():
        hook, servers, container = settings(monkeypatch).Spawner.pre_spawn_hook, [LocalSpawner(), LocalSpawner()], None
        for server in servers:
            await hook(server)
            server.pending = None
        container = types.SimpleNamespace(pending=None, port=0)
        await hook(container)
        return [server.port for server in servers], container.port

    (first, second), container = asyncio.run(two())
    assert first != second and 20000 <= min(first, second) <= max(first, second) < 32768 and container == 0


def test_one_password_for_all_is_only_on_trial(monkeypatch):
    assert "authenticator_class" not in settings(monkeypatch).JupyterHub
    trial = settings(monkeypatch, COURSE_PASSWORD="a long one for the trial")
    assert trial.JupyterHub.authenticator_class == "shared-password"
    assert trial.JupyterHub.spawner_class == "simple"


def test_the_cluster_has_the_same_limits_as_the_one_machine(monkeypatch):
    c = settings(monkeypatch)
    assert f"limit: {c.Spawner.mem_limit}\n" in VALUES
    assert f"cull_idle_timeout: {re.search(r'cull_idle_timeout=([0-9]+)', str(c.Spawner.args))[1]}\n" in VALUES
    for name, value in c.Spawner.environment.items():
        assert f"{name}: " + ("/home/jovyan/course" if callable(value) else f'"{value}"') in VALUES


def test_the_pages_numbers_are_those_of_the_settings(monkeypatch):
    c = settings(monkeypatch)
    assert f"`http_timeout` and `start_timeout` = {c.Spawner.http_timeout}" in PAGE
    assert f"`mem_limit` = {c.Spawner.mem_limit}" in PAGE


def test_the_hub_brings_a_learner_to_a_picture():
    """One learner, from the log-in to moves that all get their picture; where a hub is installed and asked for."""
    lacking = [name for name in ("nbgitpuller", "websocket") if importlib.util.find_spec(name) is None]
    if lacking or not HUB or not shutil.which("configurable-http-proxy"):
        pytest.skip(
            "no hub here: pip install jupyterhub nbgitpuller, npm install -g configurable-http-proxy to try one."
        )
    if os.environ.get("CI"):
        pytest.skip("a hub is started only by hand: it measures time, which a busy machine spoils.")
    command = [sys.executable, ROOT / "benchmarks" / "hub.py", "--learners=1", "--seconds=5", "--no-lessons"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert "| 1 of 1 |" in ran.stdout and "| 0 of 5 |" in ran.stdout, ran.stdout + ran.stderr

"""A class on a hub, measured on this machine: python benchmarks/hub.py

Starts JupyterHub with classroom/jupyterhub_config.py in a folder of its own. So many learners log in at once, get the
course by nbgitpuller, open a lesson and run it to its first picture; then each moves a slider once a second. They speak
to the hub as a browser's page does, by http and the kernel's websocket, since sixty browsers would not fit beside it: a
browser's own time to paint is in results.md. At the end one learner runs every lesson, and the memory of its server
and kernels is read. Writes benchmarks/hub.md.

Needs Linux, pip install jupyterhub jupyterhub-idle-culler nbgitpuller websocket-client beside the course, and
configurable-http-proxy (npm install configurable-http-proxy; --proxy says where it is, if not on PATH).
"""

import argparse
import contextlib
import datetime
import http.cookiejar
import importlib.metadata
import json
import os
import platform
import random
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
import uuid
from pathlib import Path

import websocket

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PASSWORD = secrets.token_hex(16)
LOST_AFTER = 5  # seconds without a picture


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def hub(folder, proxy):
    """A running hub that keeps all that it writes in the folder -> (its address, its process)."""
    port, hub_port, api_port = free_port(), free_port(), free_port()
    own = [str(Path(sys.executable).parent), *([str(Path(proxy).absolute().parent)] if proxy else [])]
    environment = os.environ | {"COURSE_PASSWORD": PASSWORD, "PATH": os.pathsep.join([*own, os.environ["PATH"]])}
    command = [sys.executable, "-m", "jupyterhub", "--config", ROOT / "classroom" / "jupyterhub_config.py",
               f"--JupyterHub.bind_url=http://127.0.0.1:{port}/", f"--JupyterHub.hub_port={hub_port}",
               f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{api_port}"]  # fmt: skip
    with open(folder / "hub.log", "w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/hub/login", timeout=2).close()
                break
            assert server.poll() is None, (folder / "hub.log").read_text()[-2000:]
            time.sleep(0.25)
        yield f"127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(60)


class Learner:
    """One person before the hub: logs in, fetches the course, runs cells, moves a slider."""

    def __init__(self, address, name):
        self.address, self.name, self.session = address, name, uuid.uuid4().hex
        self.jar = http.cookiejar.CookieJar()
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.sliders, self.kernel, self.page = {}, None, None

    def ask(self, path, data=None, method=None, timeout=600):
        """One request, its redirections followed -> the open answer."""
        request = urllib.request.Request(f"http://{self.address}{path}", method=method)
        if data is not None:
            form = path.startswith("/hub/login")
            request.data = urllib.parse.urlencode(data).encode() if form else json.dumps(data).encode()
        if method:
            request.add_header("X-XSRFToken", self.cookie("_xsrf", path))
        return self.web.open(request, timeout=timeout)

    def cookie(self, name, path):
        fitting = [cookie for cookie in self.jar if cookie.name == name and path.startswith(cookie.path)]
        return max(fitting, key=lambda cookie: len(cookie.path)).value if fitting else ""

    def events(self, path):
        """The events that a page listens to while something takes long."""
        for line in self.ask(path):
            if line.startswith(b"data:"):
                yield json.loads(line[5:])

    def log_in(self):
        """Until the learner's own server shows its page."""
        self.ask("/hub/login").close()
        form = {"username": self.name, "password": PASSWORD, "_xsrf": self.cookie("_xsrf", "/hub/login")}
        arrived = self.ask("/hub/login?next=%2Fhub%2Fspawn", form)
        if "/hub/spawn-pending/" in arrived.url:
            token = urllib.parse.quote(self.cookie("_xsrf", "/hub/"))
            for event in self.events(f"/hub/api/users/{self.name}/server/progress?_xsrf={token}"):
                if event.get("failed"):
                    raise RuntimeError(f"{self.name}: {event}")
                if event.get("ready"):
                    break
        with self.ask(f"/user/{self.name}/lab") as page:
            assert page.status == 200 and "/user/" in page.url, page.url

    def fetch_course(self, repository):
        """The course comes into the learner's home, as the page behind nbgitpuller's link asks for it."""
        query = urllib.parse.urlencode({"repo": repository, "branch": "main", "targetpath": "course"})
        token = urllib.parse.quote(self.cookie("_xsrf", f"/user/{self.name}/"))
        for event in self.events(f"/user/{self.name}/git-pull/api?{query}&_xsrf={token}"):
            if event.get("phase") == "error":
                raise RuntimeError(f"{self.name}: {event}")
            if event.get("phase") == "finished":
                return

    def open_lesson(self, stem):
        """A kernel for the lesson, and a websocket to it -> the lesson's code cells."""
        path = f"course/notebooks/{stem}.ipynb"
        with self.ask(f"/user/{self.name}/api/contents/{path}") as answer:
            cells = json.load(answer)["content"]["cells"]
        data = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        with self.ask(f"/user/{self.name}/api/sessions", data, "POST") as answer:
            self.kernel = json.load(answer)["kernel"]["id"]
        place = f"/user/{self.name}/api/kernels/{self.kernel}/channels"
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.jar if place.startswith(one.path))
        address = f"ws://{self.address}{place}?session_id={self.session}"
        self.page = websocket.create_connection(address, cookie=cookies, timeout=300)
        self.sliders = {}
        return [cell for cell in cells if cell["cell_type"] == "code"]

    def send(self, kind, content, **metadata):
        """One message on the shell channel -> its id."""
        header = {"msg_id": uuid.uuid4().hex, "session": self.session, "username": self.name, "msg_type": kind,
                  "version": "5.3", "date": datetime.datetime.now(datetime.UTC).isoformat()}  # fmt: skip
        message = {"header": header, "parent_header": {}, "metadata": metadata, "content": content, "channel": "shell"}
        self.page.send(json.dumps(message))
        return header["msg_id"]

    def answers(self, sent):
        """The messages that answer the one that was sent, as they come."""
        while True:
            raw = self.page.recv()
            if isinstance(raw, bytes):  # a message with buffers: offsets first, then the message
                ends = int.from_bytes(raw[4:8], "big"), int.from_bytes(raw[8:12], "big")
                raw = raw[ends[0] : ends[1]]
            message = json.loads(raw)
            if message["parent_header"].get("msg_id") == sent:
                yield message

    def run(self, cell):
        """Run one cell to its end -> does it show a panel? RuntimeError where it fails."""
        request = {"code": "".join(cell["source"]), "silent": False, "store_history": True, "allow_stdin": False}
        shown = False
        for message in self.answers(self.send("execute_request", request, cellId=cell["id"])):
            kind, content = message["msg_type"], message["content"]
            if kind == "error":
                raise RuntimeError(f"{self.name}: {content['ename']}: {content['evalue']}")
            if kind == "comm_open" and "Slider" in content["data"]["state"].get("_model_name", ""):
                self.sliders[content["comm_id"]] = content["data"]["state"]
            if kind in ("display_data", "execute_result"):
                shown |= "image/png" in content["data"]
            if kind == "status" and content["execution_state"] == "idle":
                return shown

    def run_to_first_picture(self, cells):
        for cell in cells:
            if self.run(cell):
                return
        raise RuntimeError(f"{self.name}: no picture came")

    def move(self, slider, value):
        """Move a slider, as a page does -> seconds until the new picture is here, or None if it never comes."""
        began = time.perf_counter()
        content = {"comm_id": slider, "data": {"method": "update", "state": {"value": value}, "buffer_paths": []}}
        picture = None
        for message in self.answers(self.send("comm_msg", content)):
            if message["msg_type"] == "comm_msg" and picture is None:
                data = message["content"]["data"]
                if data.get("method") == "update" and "lesson-caption" in str(data["state"].get("value")):
                    picture = time.perf_counter() - began
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return picture
            if time.perf_counter() - began > LOST_AFTER:
                return None

    def rest(self):
        """Leave the page open, as a browser does: pings of the server are answered until `wake`."""
        self.resting = True

        def listen():
            while self.resting:
                with contextlib.suppress(websocket.WebSocketTimeoutException):
                    self.page.recv()

        self.page.settimeout(1)
        self.listener = threading.Thread(target=listen, daemon=True)
        self.listener.start()

    def wake(self):
        self.resting = False
        self.listener.join()
        self.page.settimeout(300)

    def leave(self):
        """Close the page and end the server."""
        if self.page is not None:
            self.page.close()
        path = f"/hub/api/users/{self.name}/server"
        with contextlib.suppress(OSError):
            self.ask(path, method="DELETE").close()


def all_at_once(learners, what):
    """what(learner) for every learner at once -> (their results, the errors)."""
    results, errors = [], []

    def one(learner):
        try:
            results.append(what(learner))
        except Exception as error:  # whatever kept a learner from a picture is a result, too
            errors.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=one, args=(learner,)) for learner in learners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results, errors


def first_picture(learner, repository, stem):
    """-> seconds from the log-in to the server's page, and to the first picture."""
    began = time.perf_counter()
    learner.log_in()
    server = time.perf_counter() - began
    learner.fetch_course(repository)
    learner.run_to_first_picture(learner.open_lesson(stem))
    picture = time.perf_counter() - began
    learner.rest()
    return server, picture


def moves(learner, seconds):
    """Move the lesson's learning rate once a second, at this learner's own moments -> seconds or None for each move."""
    learner.wake()
    chance = random.Random(learner.name)
    slider, state = next((key, state) for key, state in learner.sliders.items() if "base" in state)
    begins, taken = time.perf_counter() + chance.random(), []
    for second in range(seconds):
        time.sleep(max(0, begins + second - time.perf_counter()))
        exponent = state["min"] + chance.random() * (state["max"] - state["min"])
        taken.append(learner.move(slider, state["base"] ** exponent))
    return taken


def memory(name):
    """Megabytes of a learner's processes -> {"server": [(all, share, own)], "kernel": [...]}: RSS, PSS, anonymous."""
    found = {"server": [], "kernel": []}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if f"JUPYTERHUB_USER={name}".encode() not in (place / "environ").read_bytes().split(b"\0"):
                continue
            words = (place / "cmdline").read_bytes()
            kind = "kernel" if b"ipykernel" in words else "server" if b"singleuser" in words else None
            if kind:
                lines = (line.split() for line in (place / "smaps_rollup").read_text().splitlines()[1:])
                size = {key.rstrip(":"): int(number) / 1024 for key, number, *_ in lines}
                found[kind].append((size["Rss"], size["Pss"], size["Anonymous"]))
    return found


def busy(hub_process):
    """Processor seconds that the hub and all that it started have used so far."""
    parents, used = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(fields[1])
            used[int(place.name)] = sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def of_the_hub(process):
        return process == hub_process or (process in parents and of_the_hub(parents[process]))

    return sum(seconds for process, seconds in used.items() if of_the_hub(process))


def cores_used(hub_process, what):
    """what(), while the hub's use of the processor is measured -> (cores used on average, what it returned)."""
    used, began = busy(hub_process), time.perf_counter()
    result = what()
    return (busy(hub_process) - used) / (time.perf_counter() - began), result


def class_of(n, address, repository, arguments):
    """n learners at once -> a dictionary of what was measured."""
    learners = [Learner(address, f"class{n}-{number}") for number in range(n)]
    load = os.getloadavg()[0]
    came, errors = all_at_once(learners, lambda learner: first_picture(learner, repository, arguments.lesson))
    ready = [learner for learner in learners if hasattr(learner, "listener")]
    time.sleep(arguments.rest)
    idle, _ = cores_used(arguments.hub, lambda: time.sleep(10))
    cores, (taken, lost) = cores_used(
        arguments.hub, lambda: all_at_once(ready, lambda learner: moves(learner, arguments.seconds))
    )
    every = [seconds for one in taken for seconds in one]
    sizes = [memory(learner.name) for learner in ready]
    all_at_once(learners, Learner.leave)
    for error in errors + lost:
        print(f"  {error}")
    return {"n": n, "came": came, "every": every, "asked": n * arguments.seconds,
            "lost": every.count(None) + arguments.seconds * (n - len(taken)),
            "idle": idle, "cores": cores, "load": load,
            "server": statistics.mean(size["server"][0][1] for size in sizes),
            "kernel": statistics.mean(size["kernel"][0][1] for size in sizes)}  # fmt: skip


def lessons(address, repository):
    """One learner runs every lesson to its end -> [(stem, memory of its kernel alone), ...] and that of the server."""
    learner, found = Learner(address, "reader"), []
    learner.log_in()
    learner.fetch_course(repository)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in learner.open_lesson(path.stem):
            learner.run(cell)
        found.append((path.stem, *memory("reader")["kernel"][0]))
        print(f"  {path.stem}: {found[-1][1]:.0f} MB", flush=True)
        learner.page.close()
        learner.ask(f"/user/reader/api/kernels/{learner.kernel}", method="DELETE").close()
        time.sleep(1)
    server = memory("reader")["server"][0]
    learner.page = None
    learner.leave()
    return found, server


def row(one):
    """One class as a line of the table."""
    servers, pictures = (sorted(times) for times in zip(*one["came"]))
    milliseconds = sorted(1000 * seconds for seconds in one["every"] if seconds is not None)
    cells = (
        f"{one['n']}",
        f"{len(one['came'])} of {one['n']}",
        f"{servers[-1]:.0f} s",
        f"{statistics.median(pictures):.0f} s, {pictures[-1]:.0f} s",
        f"{statistics.median(milliseconds):.0f} ms",
        f"{milliseconds[int(0.95 * len(milliseconds))]:.0f} ms",
        f"{one['lost']} of {one['asked']}",
        f"{one['idle']:.2f}",
        f"{one['cores']:.2f}",
        f"{one['server']:.0f} + {one['kernel']:.0f} MB",
        f"{one['load']:.1f}",
    )
    return f"| {' | '.join(cells)} |"


PAGE = """# A class on a hub

`python benchmarks/hub.py` on {day}: {cores} cores, {gigabytes:.0f} GiB, {system}, Python {python}, {versions}. The hub,
its proxy, all learners' servers and kernels, and the learners' own pages (a Python program that speaks http and
websocket) share them.

All learners of a row log in at once, fetch the course by nbgitpuller, open `{lesson}` and run it to its first picture;
then each moves the learning rate once a second, for {seconds} s. A move is lost when no picture comes within {lost} s.
Memory is the mean share (PSS) of a learner's server and kernel; cores are those that the hub and the learners' servers
and kernels use; the load is the machine's before the row, from what else runs on it and from the row before.

| learners | reach a picture | last server up | log-in → picture: median, last | move → picture: median | p95 | lost \
| cores, idle | cores, moving | server + kernel | load before |
|---|---|---|---|---|---|---|---|---|---|---|
{classes}

## Memory by lesson

One learner, one kernel after Run All: all of its memory (RSS, with the libraries that other learners' kernels share),
and what it has for itself. The learner's server: {server[0]:.0f} MB, {server[2]:.0f} MB for itself.

| lesson | RSS, MB | for itself, MB |
|---|---|---|
{lessons}
"""


def report(classes, read, server, arguments):
    """The page benchmarks/hub.md."""
    names = ("jupyterhub", "jupyterlab", "ipykernel", "numpy", "matplotlib")
    return PAGE.format(
        day=datetime.date.today(),
        cores=os.cpu_count(),
        gigabytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        system=platform.system(),
        python=platform.python_version(),
        versions=", ".join(f"{name} {importlib.metadata.version(name)}" for name in names),
        lesson=arguments.lesson,
        seconds=arguments.seconds,
        lost=LOST_AFTER,
        classes="\n".join(map(row, classes)),
        server=server,
        lessons="\n".join(f"| {stem} | {rss:.0f} | {own:.0f} |" for stem, rss, _, own in read),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", default="1,10,30,60", help="how many at once (default: 1,10,30,60)")
    parser.add_argument("--lesson", default="02_gradient_descent", help="its file without .ipynb")
    parser.add_argument("--seconds", type=int, default=30, help="how long they move (default: 30)")
    parser.add_argument("--rest", type=int, default=5, help="seconds of quiet before (default: 5)")
    parser.add_argument("--proxy", help="the path of configurable-http-proxy, if it is not on PATH")
    parser.add_argument("--no-lessons", action="store_true", help="leave out the memory of each lesson; write nothing")
    arguments = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="hub-"))
    try:
        subprocess.run(["git", "clone", "--quiet", "--branch", "main", str(ROOT), str(scratch / "origin")], check=True)
        with hub(scratch, arguments.proxy) as (address, arguments.hub):
            classes, repository = [], f"file://{scratch / 'origin'}"
            for n in map(int, arguments.learners.split(",")):
                classes.append(class_of(n, address, repository, arguments))
                print(row(classes[-1]), flush=True)
            if not arguments.no_lessons:
                page = report(classes, *lessons(address, repository), arguments)
                (HERE / "hub.md").write_text(page, encoding="utf-8")
                print(page)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)

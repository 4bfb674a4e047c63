"""rename-user, find and forget-user over a large table, in memory, of the local stack, which is started for it. One user
has many conversations of 50 messages, the rest belongs to others. Held against what --explain says, against the
engine's own consumed capacity, which a proxy writes down, and against a scan. Exits 1 when something is not so.
    src/bench/people.py [MESSAGES [CONVERSATIONS]] [--only rename,find,forget]
Default: 1000000 2000, some 15 minutes on a quiet machine; DDB=COMMAND runs another ddb."""
import argparse
import http.client
import http.server
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata
import uuid

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument("messages", nargs="?", type=int, default=1000000)
options.add_argument("conversations", nargs="?", type=int, default=2000)
options.add_argument("--only", default="rename,find,forget")
given = options.parse_args()
MESSAGES, CONVERSATIONS = given.messages, given.conversations
EACH, FORGOTTEN = 50, min(300, CONVERSATIONS)
HUB, LEAVER = (str(uuid.UUID(int=n << 64 | 1 << 63 | 4 << 76)) for n in (1, 2))
NEEDLE = "Crème Brûlée"
FORMS = [NEEDLE, NEEDLE.upper(), unicodedata.normalize("NFD", NEEDLE), unicodedata.normalize("NFD", NEEDLE.lower())]
PORT = int(os.environ.get("DDB_LOCAL_PORT", "18720"))
DDB = shlex.split(os.environ.get("DDB", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../bin/ddb")))
folder = tempfile.mkdtemp()
ENV = dict(os.environ, DDB_LOCAL_PORT=str(PORT), DDB_NO_BUILD="1")
ENV.setdefault("DDB_LOCAL_CACHE_PORT", str(PORT + 1))
ENV.update({"XDG_%s_HOME" % kind: folder for kind in ("STATE", "DATA", "CACHE")})
log, wrong = [], []


class Proxy(http.server.BaseHTTPRequestHandler):
    """Passes requests on and notes when each was answered, its operation and what it consumed."""
    protocol_version, disable_nagle_algorithm, wbufsize = "HTTP/1.1", True, -1
    kept = threading.local()

    def do_POST(self):
        if not hasattr(self.kept, "engine"):
            self.kept.engine = http.client.HTTPConnection("127.0.0.1", PORT)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        passed = {name: self.headers[name] for name in self.headers if name.lower() not in ("host", "accept-encoding")}
        self.kept.engine.request("POST", self.path, body, passed)
        answer = self.kept.engine.getresponse()
        data = answer.read()
        operation = self.headers["X-Amz-Target"].split(".")[1]
        told = re.search(rb'"CapacityUnits":\s*([\d.]+)', data.partition(b'"ConsumedCapacity"')[2])
        log.append((time.monotonic(), operation, float(told.group(1)) if told else 0.0))
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def ddb(*line, ok=(0,), env=None):
    done = subprocess.run(DDB + list(line), env=dict(ENV, **(env or {})), capture_output=True, text=True)
    if done.returncode not in ok:
        sys.exit("ddb %s: exit %d\n%s" % (" ".join(line), done.returncode, done.stderr))
    return done


def show(what, fine, text):
    print("%-44s %s%s" % (what, text, "" if fine else "   WRONG"), flush=True)
    fine or wrong.append(what)


def message(group, at, sender, name, text):
    return {"pk": "MSG#" + group, "sk": at, "message_uuid": str(uuid.uuid4()), "message": text, "user_uuid": sender,
            "user_display_name": name.title(), "user_handle": name}


def row(owner, group, at, other, name, text):
    return {"pk": "GRP#" + owner, "sk": at, "message_group_uuid": group, "message": text, "user_uuid": other,
            "user_display_name": name.title(), "user_handle": name}


def items():
    """Everybody's conversations: the hub's first, then the leaver's, then those of others."""
    number = conversation = 0
    while number < MESSAGES:
        group = str(uuid.uuid4())
        partner, handle = str(uuid.uuid4()), "partner%dx" % conversation
        one = (HUB, "hubhandle") if conversation < CONVERSATIONS else (
            (LEAVER, "leaverhandle") if conversation < CONVERSATIONS + FORGOTTEN else (str(uuid.uuid4()), "other%dx" % conversation))
        count = min(EACH if conversation < CONVERSATIONS + FORGOTTEN else 2 * EACH, MESSAGES - number)
        for i in range(count):
            at = "2026-%02d-%02dT%02d:%02d:%02d.%06d+00:00" % (
                1 + conversation % 9, 1 + conversation % 28, i // 60, i % 60, conversation % 60, conversation)
            text = "message %d of %s, some words more as people write them" % (i, "leaversecret" if one[0] == LEAVER else "all")
            text += " " + FORMS[number // 1000 % 4] if number % 1000 == 7 else ""
            sender = one if i % 2 else (partner, handle)
            if one[0] == LEAVER and not i % 2:
                text = text.replace("leaversecret", "all")
            yield message(group, at, *sender, text)
            number += 1
        yield row(one[0], group, at, partner, handle, text)
        yield row(partner, group, at, *one, text)
        conversation += 1


def units(size):
    return -(-size // 4096)


def fill():
    """Fills the table and tells its bytes and what a user's list and conversations weigh, in 4 KB."""
    start, count, sizes, groups = time.monotonic(), 0, {}, {HUB: [], LEAVER: []}
    with open(folder + "/items.ndjson", "w", encoding="utf-8") as out:
        for item in items():
            out.write(json.dumps(item, ensure_ascii=False) + "\n")
            count += 1
            size = sum(len(name) + len(value.encode()) for name, value in item.items())
            sizes[item["pk"]] = sizes.get(item["pk"], 0) + size
            if item["pk"][4:] in groups:
                groups[item["pk"][4:]].append("MSG#" + item["message_group_uuid"])
    ddb("schema-load", "--no-stream", "-q")
    ddb("import", folder + "/items.ndjson", "-q")
    whole = sum(sizes.values())
    show("fill", True, "%d items, %.0f MB, %.0f s" % (count, whole / 1e6, time.monotonic() - start))
    facts = {user: dict(own=units(sizes["GRP#" + user]), list=1, conversations=len(mine), last=len(mine), sent=len(mine) * EACH // 2,
                        messages=sum(units(sizes[pk]) for pk in mine) / len(mine), read=whole / 4096)
             for user, mine in groups.items()}
    return whole, facts


def scan():
    """Every item, as export has it: independent of the commands that are looked at."""
    out = folder + "/after-%d.ndjson" % time.monotonic_ns()
    ddb("export", "--format", "ndjson", "--out", out, "-q")
    with open(out, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
    os.remove(out)


def misnamed(name):
    """How many items still name the hub otherwise, and how many partners' rows name it so."""
    others = right = 0
    for item in scan():
        if item["user_uuid"] == HUB:
            others += item["user_display_name"] != name
            right += item["pk"].startswith("GRP#") and item["user_display_name"] == name
    return others, right


def explained(line, **facts):
    rcu, wcu = re.match("(.*) RCU, (.*) WCU", json.loads(ddb(*line, "--explain", "-o", "json").stdout)["cost"]).groups()
    return eval(rcu, {}, facts), eval(wcu, {}, facts)


def consumed(done):
    return [float(n) for n in re.search(r"capacity: ([\d.]+) RCU.*?, ([\d.]+) WCU", done.stderr, re.S).groups()]


def near(what, told, used):
    share = used / told
    show(what, 0.95 <= share <= 1.05, "explained %.0f, consumed %.0f: %.3f" % (told, used, share))


def rename(facts, through):
    line = ["rename-user", HUB, "--display-name", "New Name One"]
    told = explained(line, **facts)
    log.clear()
    start = time.monotonic()
    done = ddb(*line, "--show-capacity", *through)
    seconds = time.monotonic() - start
    operations = {}
    for _, operation, _ in log:
        operations[operation] = operations.get(operation, 0) + 1
    for unit, one, used in zip(("RCU", "WCU"), told, consumed(done)):
        near("rename-user " + unit, one, used)
    show("rename-user operations", "Scan" not in operations, "%s, %.0f s" % (operations, seconds))
    show("rename-user rows and messages", misnamed("New Name One") == (0, CONVERSATIONS), "all right")
    line[3] = "New Name Two"
    log.clear()
    run = subprocess.Popen(DDB + line + through, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while run.poll() is None and sum(op == "UpdateItem" for _, op, _ in list(log)) < operations["UpdateItem"] // 3:
        time.sleep(0.01)
    run.send_signal(signal.SIGINT)
    said = run.communicate()[1].splitlines()[-1]
    left = misnamed("New Name Two")
    show("rename-user interrupted in the middle", run.returncode == 130 and 0 < left[1] < CONVERSATIONS,
         "exit %d, %d rows renamed, %d items not: %s" % (run.returncode, left[1], left[0], said))
    ddb(*line)
    show("the same again", misnamed("New Name Two") == (0, CONVERSATIONS), "all right")


def find(size, through):
    small = dict(DDB_JAVA_OPTS="-Xmx64m")
    expected = sum(1 for number in range(MESSAGES) if number % 1000 == 7)
    start = time.monotonic()
    run = subprocess.Popen(DDB + ["find", "crème brûlée", "-o", "ndjson", "-q"], env=dict(ENV, **small), stdout=subprocess.PIPE)
    run.stdout.readline()
    first = time.monotonic() - start
    found = 1 + sum(1 for _ in run.stdout)
    code, whole = run.wait(), time.monotonic() - start
    show("find within -Xmx64m", code == 0 and found == expected, "exit %d, %d of %d found" % (code, found, expected))
    show("find's first match", first < whole, "after %.1f of %.1f s" % (first, whole))
    cap = max(20, int(size / 8192 / 40))
    log.clear()
    ddb("find", "crème brûlée", "-o", "ndjson", "-q", "--max-rcu", str(cap), *through, env=small)
    reads = [(at, units) for at, operation, units in log if operation == "Scan"]
    seconds = reads[-1][0] - reads[0][0]
    mean = sum(units for _, units in reads) / seconds / cap
    most = max(sum(u for at, u in reads if begin <= at < begin + 10) for begin, _ in reads) / 10 / cap
    show("find --max-rcu %d" % cap, 0.95 <= mean <= 1.05 and most <= 1.05,
         "%.0f s, mean %.3f, the most of any ten seconds %.3f of it" % (seconds, mean, most))


def forget(facts):
    group = next(item["message_group_uuid"] for item in scan() if item["pk"] == "GRP#" + LEAVER)
    partner = next(item["user_uuid"] for item in scan() if item["pk"] == "GRP#" + LEAVER and item["message_group_uuid"] == group)
    pages = [["list-conversations", partner], ["list-conversations", LEAVER], ["get-conversation", group]]
    ddb("cache", "create", "-q", ok=(0, 1))
    for page in pages:
        ddb(*page, "--cached", "-q")
    expected = explained(["forget-user", LEAVER], **facts)
    start = time.monotonic()
    done = ddb("forget-user", LEAVER, "-o", "json", "--show-capacity", ok=(0, 5))
    seconds, told = time.monotonic() - start, json.loads(done.stdout)
    for unit, one, used in zip(("RCU", "WCU"), expected, consumed(done)):
        near("forget-user " + unit, one, used)
    traces = re.compile("leaverhandle|leaversecret|" + LEAVER, re.I)
    left = {(item["pk"], item["sk"]) for item in scan() if traces.search(json.dumps(item, ensure_ascii=False))}
    listed = {(item["pk"], item["sk"]) for item in told["first_of_them"]}
    show("forget-user", told["conversations"] == FORGOTTEN, "exit %d, %.0f s, %s conversations, %s messages" % (
        done.returncode, seconds, told["conversations"], told["messages_redacted"]))
    show("left in the table", left <= listed, "%d items, %d of them listed" % (len(left), len(left & listed)))
    kept = [ddb(*page, "--cached", "-o", "json", "-q", ok=(0, 3)).stdout for page in pages]
    kept += [ddb("cache", "get", *which, "-q", ok=(0, 3)).stdout for which in (
        ["--user", partner], ["--user", LEAVER], ["--conversation", group])]
    kept += [ddb("export-user", partner, "-q").stdout, ddb("export-user", LEAVER, "-q", ok=(3,)).stdout]
    show("left in the cache and export-user", not any(traces.search(page) for page in kept), "nothing")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # whoever is interrupted closes its connections
    threading.Thread(target=server.serve_forever, daemon=True).start()
    through = ["--endpoint-url", "http://127.0.0.1:%d" % server.server_port]
    try:
        ddb("local", "start", "--in-memory", "-q")
        size, facts = fill()
        parts = given.only.split(",")
        "rename" in parts and rename(facts[HUB], through)
        "find" in parts and find(size, through)
        "forget" in parts and forget(facts[LEAVER])
    finally:
        subprocess.run(DDB + ["local", "stop", "-q"], env=ENV, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit("\n".join(["not so: " + what for what in wrong]) or 0)


main()

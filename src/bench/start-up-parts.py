#!/usr/bin/env python3
"""What each mechanism of the start-up gains, measured by leaving it out alone.

Beside the build as it is stand copies of it, each without one mechanism and with archives of its own. Each round runs
every copy once, whole processes in turn; printed are medians and the median ratio to the build as it is, of the time
and of the processor time. What is below 1.10 in both is to go (package com.cruddur.ddb.cli.startup says how). On a
quiet machine, after `mvn -B -DskipTests package`:

    src/bench/start-up-parts.py [ROUNDS [MECHANISM...]]        default: 15, all; with the Java of JAVA_HOME

Starts a stack of its own, in memory, and leaves nothing behind.
"""
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "target"
STARTUP = "com/cruddur/ddb/cli/startup/"
CONVERSATION = "3f346c75-ad75-43df-aa35-5b4de50470e0"
READ = ["get-conversation", CONVERSATION, "--limit", "20", "-q"]
SEND = ["send-message", CONVERSATION, "hello", "--from", "bayko", "-q"]

HELP = """package com.cruddur.ddb.cli.startup;
public final class PrecomputedHelp {
  public static byte[] to(int columns, String... args) { return null; }
}
"""


def rewrite(home, change):
    """Writes the jar again: change gets name and bytes of each entry, and returns bytes, or None to leave it out."""
    jar = home / "lib/ddb.jar"
    with zipfile.ZipFile(jar) as old, zipfile.ZipFile(home / "new.jar", "w") as new:
        for entry in old.infolist():
            data = change(entry.filename, old.read(entry))
            if data is not None:
                new.writestr(entry, data, entry.compress_type)
    os.replace(home / "new.jar", jar)


def replaced(home, name, source):
    """With another class in the place of one of the start-up."""
    (home / f"{name}.java").write_text(source)
    subprocess.run(["javac", "--release", "17", "-d", home / "new", home / f"{name}.java"], check=True)
    made = (home / "new" / STARTUP / f"{name}.class").read_bytes()
    rewrite(home, lambda n, data: made if n == f"{STARTUP}{name}.class" else data)


def edited(home, pattern, text):
    """With another launcher."""
    launcher = home / "bin/ddb"
    old = launcher.read_text()
    new = re.sub(pattern, text, old)
    assert new != old, pattern
    launcher.write_text(new)


def plain_picocli(home):
    """With picocli's classes as they are published."""
    jars = (TARGET / "compile.classpath").read_text().strip().split(":")
    with zipfile.ZipFile(next(jar for jar in jars if re.search(r"/picocli-\d[^/]*\.jar$", jar))) as published:
        names = set(published.namelist())
        rewrite(home, lambda n, data: published.read(n) if n.startswith("picocli/") and n in names else data)


def without(option):
    """How a copy loses an option of the JVM."""
    return lambda home: edited(home, re.escape(option), "")


# A name, what is run, and how a copy of the build loses the mechanism.
PARTS = [
    ("start-up archive", READ, lambda home: edited(home, r"\nfind_archive \"\$@\"\n", "\narchive='' named=''\n")),
    ("archive without gRPC", READ, lambda home: edited(home, r"use=\$named\.plain", "use=$named.cache")),
    ("options written down", READ, lambda home: rewrite(home, lambda n, d: None if "CommandTexts" in n else d)),
    ("lambdas as plain classes", READ, lambda home: shutil.copy(TARGET / "app/plain/ddb.jar", home / "lib/ddb.jar")),
    ("picocli compiled for 17", READ, plain_picocli),
    ("serial collector", READ, without("-XX:+UseSerialGC")),
    ("first compiler alone", READ, without("-XX:TieredStopAtLevel=1")),
    ("no performance data", READ, without("-XX:-UsePerfData")),
    ("no events of netty's", SEND, without("-Dio.grpc.netty.shaded.io.netty.jfr.enabled=false")),
    ("no replay of training", READ, without("-XX:-AOTReplayTraining")),
    ("help from a text", ["--help"], lambda home: replaced(home, "PrecomputedHelp", HELP)),
    ("help without the archive", ["--help"], lambda home: edited(home, r"--help \| -h \| --version \| -V\)", "none)")),
]


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(home, command, environment):
    """Milliseconds, and those of a processor."""
    began, used = time.monotonic(), processor_time()
    subprocess.run([home / "bin/ddb", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    return (time.monotonic() - began) * 1000, (processor_time() - used) * 1000


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        temporary = Path(folder)
        environment = {k: v for k, v in os.environ.items() if not re.match("(AWS|DDB|MOMENTO|XDG)_", k)}
        for name in ("STATE", "DATA", "CONFIG", "CACHE"):
            environment[f"XDG_{name}_HOME"] = str(temporary / name.lower())
        environment["DDB_LOCAL_PORT"] = str(free_port())
        environment["DDB_LOCAL_CACHE_PORT"] = str(free_port())

        def copy(name, change):
            home = temporary / name.replace(" ", "-")
            # Only the whole build starts a stack; the others need no archive of it.
            left = ["archive"] if name == "whole" else ["archive", "local"]
            shutil.copytree(TARGET / "ddb/ddb", home, ignore=shutil.ignore_patterns(*left))
            change(home)
            subprocess.run([home / "bin/ddb"], env={**environment, "DDB_MAKE_ARCHIVE": "1"}, check=True)
            return home

        whole = copy("whole", lambda home: None)
        java = Path(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"
        version = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr
        modern = int(re.search(r'version "(\d+)', version)[1]) >= 25
        parts = [p for p in PARTS if modern or p[0] != "no replay of training"]
        parts = [p for p in parts if p[0] in sys.argv[2:] or len(sys.argv) < 3]
        homes = [copy(name, change) for name, _, change in parts]
        run(whole, ["local", "start", "--in-memory", "-q"], environment)
        try:
            run(whole, ["setup", "-q"], environment)
            print(f"measuring {len(parts)} parts, {rounds} rounds", file=sys.stderr)
            times = {name: [] for name, _, _ in parts}
            for number in range(rounds + 1):
                for (name, command, _), home in zip(parts, homes):
                    pair = run(whole, command, environment), run(home, command, environment)
                    if number:  # the first round warms the disk
                        times[name].append(pair)
        finally:
            run(whole, ["local", "stop", "-q"], environment)
    print(f"{'mechanism':26} {'with':>8} {'without':>8} {'ratio':>6} {'processor':>10}")
    for name, pairs in times.items():
        wall, processor = (statistics.median(out[i] / whole[i] for whole, out in pairs) for i in (0, 1))
        medians = (statistics.median(pair[i][0] for pair in pairs) for i in (0, 1))
        print("{:26} {:5.0f} ms {:5.0f} ms {:6.2f} {:10.2f}".format(name, *medians, wall, processor))


main()

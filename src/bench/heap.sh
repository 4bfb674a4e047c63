#!/usr/bin/env bash
# Runs every bulk command on tables of growing size within one small heap: what needs more for a larger table
# ends with an OutOfMemoryError. Starts a stack of its own, on disk. Run it by hand after a build:
#   src/bench/heap.sh [HEAP] [MESSAGES]...      default: 48m 100000 1000000
set -eu
cd "$(dirname "$0")/../.."
heap=${1:-48m}
shift || true
[ $# != 0 ] || set -- 100000 1000000
temp=$(mktemp -d)
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
DDB_LOCAL_PORT=$(port) DDB_LOCAL_CACHE_PORT=$(port)
export DDB_NO_BUILD=1 XDG_STATE_HOME=$temp XDG_DATA_HOME=$temp DDB_LOCAL_PORT DDB_LOCAL_CACHE_PORT
trap './bin/ddb -q local stop >/dev/null 2>&1 || true; rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM
ddb() {
  SECONDS=0
  DDB_JAVA_OPTS="-Xmx$heap -XX:+ExitOnOutOfMemoryError" ./bin/ddb -q "$@" >/dev/null
  printf '%10d  %-8s %5d s within %s\n' "$messages" "$1" "$SECONDS" "$heap"
}
./bin/ddb -q local start >/dev/null
for messages; do
  ./bin/ddb -q seed --generate --users 1000 --conversations 1000 --messages "$messages" --out "$temp/in.ndjson"
  for table in one two; do
    ./bin/ddb -q drop --table $table --yes >/dev/null 2>&1 || true
    ./bin/ddb -q schema-load --table $table >/dev/null
  done
  rm -rf "$temp/out"
  ddb seed "$temp/in.ndjson" --table one
  ddb export --table one --out "$temp/out"
  ddb import "$temp/out" --table two
  ddb diff one two
  ddb scan --table one
  ddb stats --table one
  ddb check --table one
  ddb find 'nobody wrote this' --table one
done

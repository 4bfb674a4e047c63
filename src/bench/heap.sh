#!/bin/sh
# Every bulk command in a small heap, over a table of so many messages on the local stack, which is started
# for it in memory: each must end with 0, however many items there are. Two million need an hour and 2 GB.
# Prints of each the time and what was live in the heap at most after a whole collection.
#   src/bench/heap.sh [MESSAGES] [HEAP] [CONVERSATIONS]      such as 2000000 256m 20000
set -eu
messages=${1:-200000} heap=${2:-128m} conversations=${3:-$((${1:-200000} / 100))}
ddb=$(dirname "$0")/../../bin/ddb
temp=$(mktemp -d)
XDG_STATE_HOME=$temp/state XDG_DATA_HOME=$temp/data DDB_LOCAL_PORT=${DDB_LOCAL_PORT:-18711}
DDB_LOCAL_CACHE_PORT=${DDB_LOCAL_CACHE_PORT:-18712} DDB_NO_BUILD=1
export XDG_STATE_HOME XDG_DATA_HOME DDB_LOCAL_PORT DDB_LOCAL_CACHE_PORT DDB_NO_BUILD
trap '"$ddb" local stop -q || true; rm -rf "$temp"' EXIT
"$ddb" local start --in-memory -q
for table in one other; do "$ddb" schema-load --no-stream --table "$table" -q >"$temp/out"; done
run() {
  start=$(date +%s)
  code=0
  DDB_JAVA_OPTS="-Xmx$heap -Xlog:gc:file=$temp/gc" "$ddb" "$@" -q >"$temp/out" 2>"$temp/err" || code=$?
  live=$(sed -n 's/.*Pause Full.*->\([0-9]*\)M(.*/\1/p' "$temp/gc" | sort -n | tail -1)
  echo "$1: exit $code, $(($(date +%s) - start)) s, live ${live:-?} MB $(head -1 "$temp/err")"
}
run seed --table one --generate --messages "$messages" --conversations "$conversations"
run export --table one --out "$temp/export"
run import "$temp/export" --table other
run diff one other
run diff "$temp/export" --table one
run check --table one
run check --from-export "$temp/export"
run list-users --table one
run stats --table one
run find zzzzz --table one
run scan --table one -o ndjson
run pull --all --table one --to-table third --endpoint-url "http://localhost:$DDB_LOCAL_PORT"

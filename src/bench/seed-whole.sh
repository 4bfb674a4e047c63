#!/bin/sh
# Whole processes that load the same ndjson file into an empty table of one DynamoDB Local in memory, in turn:
# ddb seed, boto3's batch_writer, and a loop of put_item (over a tenth of the messages, its time times ten).
#   src/bench/seed-whole.sh [MESSAGES] [ROUNDS]      default: 100000 messages, 3 rounds
set -eu
messages=${1:-100000}
rounds=${2:-3}
here=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)
ddb=$here/../../bin/ddb
python3 -c 'import boto3' 2>/dev/null || { echo "boto3 is missing: no comparison without it" >&2; exit 1; }
dir=$(mktemp -d)
export XDG_STATE_HOME="$dir" XDG_DATA_HOME="$dir" \
  DDB_LOCAL_PORT="${DDB_LOCAL_PORT:-18730}" DDB_LOCAL_CACHE_PORT="${DDB_LOCAL_CACHE_PORT:-18731}"
finish() {
  "$ddb" -q local stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM
"$ddb" -q seed --generate --users 1000 --conversations 1000 --messages "$messages" --out "$dir/in.ndjson"
now() { date +%s%N; }

# once NAME COMMAND...: on a new stack and table, so that none pays for what another wrote
once() {
  name=$1
  shift
  "$ddb" -q local start --in-memory >/dev/null
  "$ddb" -q schema-load >/dev/null
  start=$(now)
  "$@" >/dev/null
  end=$(now)
  "$ddb" -q local stop >/dev/null
  echo $(((end - start) / 1000000)) >>"$dir/$name"
}

url=http://localhost:$DDB_LOCAL_PORT
tenth=$((messages / 10))
for round in $(seq "$rounds"); do
  once seed "$ddb" -q seed "$dir/in.ndjson"
  once batch python3 "$here/put-items.py" batch "$url" cruddur-messages "$dir/in.ndjson" "$messages"
  once put python3 "$here/put-items.py" put "$url" cruddur-messages "$dir/in.ndjson" "$tenth"
done
median() { sort -n "$dir/$1" | sed -n "$(((rounds + 1) / 2))p"; }
seed=$(median seed) batch=$(median batch) put=$(($(median put) * 10))
awk -v s="$seed" -v b="$batch" -v p="$put" -v n="$messages" 'BEGIN {
  printf "%-38s %9s %12s %7s\n", "program", "seconds", "messages/s", "ratio"
  printf "%-38s %9.1f %12.0f %7.2f\n", "ddb seed", s / 1000, n * 1000 / s, 1
  printf "%-38s %9.1f %12.0f %7.2f\n", "boto3 batch_writer", b / 1000, n * 1000 / b, b / s
  printf "%-38s %9.1f %12.0f %7.2f\n", "boto3 put_item (a tenth, scaled)", p / 1000, n * 1000 / p, p / s
}'

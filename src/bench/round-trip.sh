#!/bin/sh
# Seeds generated messages, exports, drops the table, imports, exports again: the two exports must be equal item for
# item. Without a stream, since DynamoDB Local is several times slower after some thousand stream records. Compares sorted digests of the items, in the memory of sort. Exits 1 when they differ.
#   src/bench/round-trip.sh [MESSAGES]      default: 300000
set -eu
messages=${1:-300000}
ddb=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)/../../bin/ddb
dir=$(mktemp -d)
export XDG_STATE_HOME="$dir" XDG_DATA_HOME="$dir" \
  DDB_LOCAL_PORT="${DDB_LOCAL_PORT:-18730}" DDB_LOCAL_CACHE_PORT="${DDB_LOCAL_CACHE_PORT:-18731}"
finish() {
  "$ddb" -q local stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Names of attributes may come in any order: each item is sorted by them.
digests() {
  find "$1" -name '*.json.gz' -exec gzip -dc {} + | python3 -c '
import hashlib, json, sys
for line in sys.stdin:
    print(hashlib.sha256(json.dumps(json.loads(line), sort_keys=True).encode()).hexdigest())' | LC_ALL=C sort >"$2"
}

"$ddb" -q local start --in-memory >/dev/null
"$ddb" -q schema-load --no-stream >/dev/null
"$ddb" -q seed --generate --users 1000 --conversations 3000 --messages "$messages"
"$ddb" -q export --out "$dir/one"
"$ddb" -q drop --yes
"$ddb" -q schema-load --no-stream >/dev/null
"$ddb" -q import "$dir/one"
"$ddb" -q export --out "$dir/two"
digests "$dir/one" "$dir/one.txt"
digests "$dir/two" "$dir/two.txt"
items=$(($(wc -l <"$dir/one.txt")))
[ "$items" -eq $((messages + 6000)) ] || { echo "expected $((messages + 6000)) items, exported $items" >&2; exit 1; }
cmp "$dir/one.txt" "$dir/two.txt" || { echo "the exports differ" >&2; exit 1; }
echo "equal item for item: $items items"

#!/bin/sh
# Counts what `ddb check` reads when every conversation of one user is wrong: each has a message that its rows have not
# followed. Prints what was found, the capacity, the requests and the time.
#   src/bench/check-suspects.sh [CONVERSATIONS]      default: 2000
set -eu
conversations=${1:-2000}
ddb=$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)/../../bin/ddb
dir=$(mktemp -d)
export XDG_STATE_HOME="$dir" XDG_DATA_HOME="$dir" \
  DDB_LOCAL_PORT="${DDB_LOCAL_PORT:-18750}" DDB_LOCAL_CACHE_PORT="${DDB_LOCAL_CACHE_PORT:-18751}"
trap '"$ddb" -q local stop >/dev/null 2>&1 || true; rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM

"$ddb" -q local start --in-memory >/dev/null
"$ddb" -q schema-load --no-stream >/dev/null
awk -v n="$conversations" '
  function item(pk, at, what, user) {
    printf "{\"Item\":{\"pk\":{\"S\":\"%s\"},\"sk\":{\"S\":\"%s\"},\"%s,\"message\":{\"S\":\"hello\"},", pk, at, what
    printf "\"user_uuid\":{\"S\":\"%s\"},\"user_display_name\":{\"S\":\"A\"},\"user_handle\":{\"S\":\"a\"}}}\n", user
  }
  BEGIN {
    all = "00000000-0000-4000-8000-000000000001"
    for (i = 0; i < n; i++) {
      group = sprintf("11111111-0000-4000-8000-%012d", i)
      user = sprintf("22222222-0000-4000-8000-%012d", i)
      at = sprintf("2026-03-19T%02d:%02d:%02d.000000+00:00", i / 3600, i / 60 % 60, i % 60)
      row = "message_group_uuid\":{\"S\":\"" group "\"}"
      item("GRP#" all, at, row, user)
      item("GRP#" user, at, row, all)
      for (m = 1; m <= 3; m++)
        item("MSG#" group, "2026-04-0" m "T00:00:00.000000+00:00", "message_uuid\":{\"S\":\"m\"}", m % 2 ? all : user)
    }
  }' >"$dir/items.json"
"$ddb" -q import "$dir/items.json"
began=$(date +%s%N)
"$ddb" check --show-capacity >/dev/null 2>"$dir/told" || [ $? -eq 5 ]
echo "$(grep -v '^ddb' "$dir/told" | tail -2), $((($(date +%s%N) - began) / 1000000)) ms"

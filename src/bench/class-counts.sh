#!/usr/bin/env bash
# Counts the classes that a command loads, and those that did not come from the start-up archive, and
# takes the medians of its time and of its processor time (ms). Run it by hand, on two builds to compare
# them, against a running local stack with the sample data:
#   ./bin/ddb setup && src/bench/class-counts.sh [FOLDER-OF-BIN/DDB] [ROUNDS]
# send-message writes a message each time.
set -eu
home=$(cd "${1:-$(dirname "$0")/../../target/ddb/ddb}" && pwd)
rounds=${2:-7}
group=3f346c75-ad75-43df-aa35-5b4de50470e0
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
export DDB_NO_BUILD=1
TIMEFORMAT='%R %U %S'

median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }

measure() {
  local name=$1 i
  shift
  DDB_JAVA_OPTS="-Xlog:class+load:file=$temp/log" "$home/bin/ddb" "$@" >/dev/null 2>&1 || true
  rm -f "$temp/wall" "$temp/cpu"
  for ((i = 0; i < rounds; i++)); do
    # A cache miss ends with 3.
    { time "$home/bin/ddb" "$@" >/dev/null 2>&1 || true; } 2>"$temp/time"
    awk -v t="$temp" '{ printf "%d\n", $1 * 1000 >>(t "/wall"); printf "%d\n", ($2 + $3) * 1000 >>(t "/cpu") }' "$temp/time"
  done
  printf '%-20s %6d classes %6d not from the archive %6d ms %6d ms of processor time\n' "$name" \
    "$(grep -c ' source: ' "$temp/log")" "$(grep ' source: ' "$temp/log" | grep -vc 'shared objects file')" \
    "$(median "$temp/wall")" "$(median "$temp/cpu")"
}

"$home/bin/ddb" --version
measure --help --help
measure list-conversations -q list-conversations andrewbrown
measure get-conversation -q get-conversation "$group"
measure send-message -q send-message "$group" hello --from andrewbrown
measure 'cache get' -q cache get key

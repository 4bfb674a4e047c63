#!/usr/bin/env bash
# Commands a second: lines of a script in ddb shell beside processes of aws and of ddb; and reads through the
# cache beside reads of the table. One run, medians of ROUNDS. Starts a stack of its own, in memory. Run it by
# hand on a quiet machine after a build with archives:
#   src/bench/shell-rate.sh [LINES] [ROUNDS]
set -eu
cd "$(dirname "$0")/../.."
lines=${1:-200}
rounds=${2:-3}
temp=$(mktemp -d)
export DDB_NO_BUILD=1 XDG_STATE_HOME=$temp XDG_DATA_HOME=$temp DDB_LOCAL_PORT=28476 DDB_LOCAL_CACHE_PORT=28477
export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1
trap './bin/ddb -q local stop >/dev/null 2>&1 || true; rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM
group=3f346c75-ad75-43df-aa35-5b4de50470e0
./bin/ddb -q local start --in-memory >/dev/null
./bin/ddb -q schema-load >/dev/null
./bin/ddb -q seed >/dev/null
./bin/ddb -q cache create >/dev/null
case $(/usr/bin/aws --version 2>/dev/null) in
  aws-cli/2*) aws=/usr/bin/aws ;;
  *) aws=$(command -v aws || true) ;;
esac

script() { # FILE LINES COMMAND: $i is the line's number
  for ((i = 0; i < $2; i++)); do eval "echo \"$3\""; done >"$temp/$1"
}
script send "$lines" "send-message $group 'Hello \$i' --from andrewbrown"
script get "$lines" "get-conversation $group"
script cached "$lines" "get-conversation $group --cached"

shell_send() { ./bin/ddb -q shell "$temp/send"; }
shell_get() { ./bin/ddb -q shell "$temp/get"; }
shell_cached() { ./bin/ddb -q shell "$temp/cached"; }
aws_put() {
  for ((i = 0; i < lines / 10; i++)); do
    "$aws" dynamodb put-item --endpoint-url "http://localhost:$DDB_LOCAL_PORT" --table-name cruddur-messages \
      --item "{\"pk\":{\"S\":\"MSG#bench\"},\"sk\":{\"S\":\"2026-01-01T00:00:00.$(printf %06d $i)+00:00\"},\"message\":{\"S\":\"Hello $i\"}}"
  done
}
ddb_send() {
  for ((i = 0; i < lines / 10; i++)); do ./bin/ddb -q send-message $group "Hello $i" --from andrewbrown; done
}

programs='shell_send shell_get shell_cached ddb_send'
[ -z "$aws" ] || { "$aws" --version; programs="$programs aws_put"; }
for ((round = 0; round < rounds; round++)); do
  for program in $programs; do
    begin=$(date +%s%N)
    $program >/dev/null
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000)) >>"$temp/$program.times"
  done
done
first=
for program in $programs; do
  count=$lines
  case $program in ddb_send | aws_put) count=$((lines / 10)) ;; esac
  ms=$(sort -n "$temp/$program.times" | sed -n "$(((rounds + 1) / 2))p")
  first=${first:-$(awk "BEGIN{print $count * 1000 / $ms}")}
  awk "BEGIN{r = $count * 1000 / $ms; printf \"%-14s %4d in %6d ms %8.1f a second  shell_send is %.1f times that\n\", \"$program\", $count, $ms, r, $first / r}"
done

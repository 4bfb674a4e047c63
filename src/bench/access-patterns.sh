#!/usr/bin/env bash
# Time and consumed capacity of the two access patterns, small beside large, in one big table: the newest page of
# a conversation of 20 and of 200,000 messages, the first page of the list of a user of 20 and of 20,000
# conversations. Whole processes in turn, medians. Starts a DynamoDB Local of its own, in memory (some 10 GB for a
# million messages), and seeds it, which takes a while. Run it by hand after a build:
#   src/bench/access-patterns.sh [MESSAGES-IN-ALL] [ROUNDS]
set -eu
cd "$(dirname "$0")/../.."
total=${1:-1000000}
rounds=${2:-11}
home=target/ddb/ddb
port=28466
temp=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -Xmx14g -cp "$home/lib/ddb.jar:$home/lib/local/*" software.amazon.dynamodb.services.local.main.ServerRunner \
  -disableTelemetry -sharedDb -inMemory -port $port >"$temp/log" 2>&1 &
server=$!
trap 'kill $server; wait $server 2>/dev/null || true; rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM
export DDB_NO_BUILD=1
ddb() { ./bin/ddb --endpoint-url "http://127.0.0.1:$port" -q "$@"; }
until ddb list-tables >/dev/null 2>&1; do sleep 0.2; done

small=00000001-0000-4000-8000-000000000000
large=00000002-0000-4000-8000-000000000000
python3 - "$total" >"$temp/messages.ndjson" <<'P'
import sys, json
from datetime import datetime, timedelta, timezone
total, made, start = int(sys.argv[1]), 0, datetime(2026, 1, 1, tzinfo=timezone.utc)
def conversation(number, one, two, messages):
    global made
    group = '%08x-0000-4000-8000-000000000000' % number
    print(json.dumps({'type': 'conversation', 'message_group_uuid': group, 'participants': [one, two]}))
    for i in range(messages):
        made += 1
        at = start + timedelta(seconds=made)
        print(json.dumps({'type': 'message', 'message_group_uuid': group, 'from': one, 'message': 'The message number %d of it.' % i,
                          'created_at': at.isoformat(timespec='microseconds')}))
conversation(1, 'littlefox', 'swift', 20)
conversation(2, 'littlefox', 'swift', 200000)
for n in range(20): conversation(100 + n, 'londo', 'nightowl', 1)
for n in range(20000): conversation(1000 + n, 'teakettle', 'pixelgardener', 1)
n = 100000
while made < total:
    conversation(n, 'andrewbrown', 'bayko', min(100, total - made))
    n += 1
P
ddb schema-load >/dev/null
date
ddb seed "$temp/messages.ndjson" --users seed-data/users.json
date

small_conversation() { ddb get-conversation $small --show-capacity; }
large_conversation() { ddb get-conversation $large --show-capacity; }
small_list() { ddb list-conversations londo --users seed-data/users.json --show-capacity; }
large_list() { ddb list-conversations teakettle --users seed-data/users.json --show-capacity; }
programs='small_conversation large_conversation small_list large_list'
for ((i = 0; i <= rounds; i++)); do
  for program in $programs; do
    begin=$(date +%s%N)
    $program >"$temp/out" 2>"$temp/$program.capacity"
    end=$(date +%s%N)
    [ "$i" = 0 ] || echo $(((end - begin) / 1000000)) >>"$temp/$program"
  done
done
for program in $programs; do
  printf '%-20s %5d ms  %s\n' $program "$(sort -n "$temp/$program" | sed -n "$(((rounds + 1) / 2))p")" \
    "$(grep capacity: "$temp/$program.capacity")"
done

#!/usr/bin/env bash
# How long the embedded stack takes from its start to its first answer, beside DynamoDB Local started
# plainly (its own main class, no options for the JVM, the same jars); medians in milliseconds and ratios.
# Both hold their tables in memory. Run it by hand after a build with archives:
#   mvn -B package -DskipTests && src/bench/stack-start.sh [ROUNDS]
set -eu
home=$(cd "$(dirname "$0")/../../target/ddb/ddb" && pwd)
rounds=${1:-7}
temp=$(mktemp -d)
plain=
port=28456
export XDG_STATE_HOME=$temp XDG_DATA_HOME=$temp DDB_LOCAL_PORT=$port DDB_LOCAL_CACHE_PORT=28457
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
stop() {
  "$home/bin/ddb" -q local stop >/dev/null 2>&1 || true
  [ -z "$plain" ] || { kill "$plain" && wait "$plain" || true; } 2>/dev/null
  plain=
}
trap 'stop; rm -rf "$temp"' EXIT
trap 'exit 130' INT TERM

now() { date +%s%N; }
await() {
  until curl -s -o "$temp/answer" -H 'X-Amz-Target: DynamoDB_20120810.ListTables' -H 'Content-Type: application/x-amz-json-1.0' \
    -H 'X-Amz-Date: 20260101T000000Z' \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \
    -d '{}' "http://127.0.0.1:$port/" && grep -q TableNames "$temp/answer"; do
    sleep 0.01
  done
}
plainly() {
  "$java" -cp "$home/lib/ddb.jar:$home/lib/local/*" software.amazon.dynamodb.services.local.main.ServerRunner \
    -disableTelemetry -sharedDb -inMemory -port $port >"$temp/log" 2>&1 &
  plain=$!
  await
}
# The process that ddb local start makes, by itself.
process() {
  mkdir -p "$temp/tmp"
  archive=$(find "$home/archive" -name "*$runtime.stack" | head -n 1)
  case $runtime in 25* | 26*) use=-XX:AOTCache options='--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow' ;; *) use=-XX:SharedArchiveFile options='' ;; esac
  # shellcheck disable=SC2086
  "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Xmx2g -Dfile.encoding=UTF-8 \
    -Djava.awt.headless=true "-Djava.io.tmpdir=$temp/tmp" $options "$use=$archive" -Xlog:disable \
    -cp "$home/lib/ddb.jar:$home/lib/local/*" com.cruddur.ddb.local.StackMain $port 28457 true "$temp/data" "$temp" >"$temp/log" 2>&1 &
  plain=$!
  await
}
embedded() { "$home/bin/ddb" -q local start --in-memory >/dev/null && await; }
without_archive() { DDB_NO_ARCHIVE=1 "$home/bin/ddb" -q local start --in-memory >/dev/null && await; }

runtime=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.runtime.version = //p')*
"$java" -version 2>&1 | head -n 1
for ((i = 0; i < rounds; i++)); do
  for program in plainly process embedded without_archive; do
    begin=$(now)
    $program
    echo $((($(now) - begin) / 1000000)) >>"$temp/$program.times"
    stop
  done
done
base=
for program in plainly process embedded without_archive; do
  median=$(sort -n "$temp/$program.times" | sed -n "$(((rounds + 1) / 2))p")
  base=${base:-$median}
  printf '%-18s %6d ms  %s of plainly\n' $program "$median" "$(awk "BEGIN{printf \"%.2f\", $median / $base}")"
done

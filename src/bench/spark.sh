#!/bin/sh
# Checks a generated export with planted drift of every kind on one machine and on Spark (local mode), and prints the
# wall and processor time of both and whether their findings are equal. Needs the classes, libraries and
# target/ddb-spark.jar that `mvn -Pspark -DskipTests package` makes, and Spark's jars: SPARK_HOME, else Maven's.
#   src/bench/spark.sh [MESSAGES [CORES]]      default: 1000000 2; 10 million take 1 GB of /tmp (TMPDIR)
set -eu
cd "$(CDPATH='' cd -P -- "$(dirname "$0")" && pwd)/../.."
messages=${1:-1000000}
cores=${2:-2}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 130' INT TERM
export XDG_STATE_HOME="$dir" XDG_DATA_HOME="$dir" DDB_NO_BUILD=1 SPARK_LOCAL_IP=127.0.0.1

if [ -n "${SPARK_HOME-}" ]; then
  jars="$SPARK_HOME/jars/*"
else
  mvn -o -q -B -Pspark dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$dir/jars"
  jars=$(cat "$dir/jars")
fi
opens=$(for package in java.lang java.lang.invoke java.io java.net java.nio java.util java.util.concurrent \
  sun.nio.ch sun.util.calendar; do printf -- '--add-opens=java.base/%s=ALL-UNNAMED ' "$package"; done)
timed() {
  name=$1
  shift
  code=0
  began=$(date +%s%N)
  (times >/dev/null; "$@" 2>"$dir/$name.err" || code=$?; times >"$dir/times"; exit "$code") || code=$?
  echo "$name: exit $code, $((($(date +%s%N) - began) / 1000000)) ms, processor (user, sys): $(tail -1 "$dir/times")"
  grep '^checked' "$dir/$name.err" || tail -3 "$dir/$name.err"
}
one() { bin/ddb check --from-export "$dir/export" -o ndjson >"$dir/one"; }
spark() {
  # shellcheck disable=SC2086
  java $opens -Xmx2g -Dspark.master="local[$cores]" -Dspark.ui.enabled=false -Dspark.app.name=ddb \
    -Dspark.driver.host=127.0.0.1 -cp "target/ddb-spark.jar:$jars" \
    com.cruddur.ddb.spark.SparkMain check "$dir/export" --out "$dir/two"
}

java -cp "target/test-classes:target/classes:$(cat target/compile.classpath)" \
  com.cruddur.ddb.bench.DriftedExport "$dir/export" "$messages"
du -sh "$dir/export" | cut -f1
timed one-machine one
timed spark spark
sort "$dir/one" >"$dir/one.sorted"
sort "$dir/two" >"$dir/two.sorted"
cmp "$dir/one.sorted" "$dir/two.sorted" && echo "findings are equal: $(wc -l <"$dir/two")"

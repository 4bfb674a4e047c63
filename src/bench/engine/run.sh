#!/bin/sh
# The engine's benches (EngineBench LINE... [--items=N] [--threads=N]), or 'crash ROUNDS [ANSWERS]': kill -9 in the
# middle of five kinds of writers, again and again. Run it in the checkout, after 'mvn -B test-compile', on a quiet machine.
set -eu
cd "$(dirname "$0")/../../.."
[ target/bench.cp -nt pom.xml ] ||
  mvn -q -B dependency:build-classpath -Dmdep.outputFile=target/bench.cp -Dmdep.includeScope=test
path="target/test-classes:target/classes:$(cat target/bench.cp)"
if [ "${1-}" = crash ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  java -cp "$path" com.cruddur.ddb.engine.CrashRounds "$folder" "${2-20}" "${3-3000}"
else
  exec java -cp "$path" com.cruddur.ddb.bench.engine.EngineBench "$@"
fi

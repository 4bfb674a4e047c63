#!/bin/bash
# Stands for bin/ddb in the tests of examples: hands arguments, environment and streams to the JVM of
# ShellServer, which runs the commands of a whole script without starting a JVM for each.
call=$(mktemp -d "$DDB_SHIM/call.XXXXXX")
mkfifo "$call/in" "$call/out" "$call/err"
if [ $# -gt 0 ]; then printf '%s\0' "$@" >"$call/arguments"; else : >"$call/arguments"; fi
env -0 >"$call/environment"
exec 3<&0
cat >"$call/in" <&3 2>/dev/null & # opens, and so reads, nothing before the command does
input=$!
cat "$call/out" &
out=$!
cat "$call/err" >&2 &
err=$!
trap 'echo "interrupt $call" >"$DDB_SHIM/calls"' INT TERM
echo "run $call" >"$DDB_SHIM/calls"
until ! kill -0 "$out" 2>/dev/null && ! kill -0 "$err" 2>/dev/null; do wait "$out" "$err"; done
kill "$input" 2>/dev/null
read -r code <"$call/code"
rm -rf "$call"
exit "$code"

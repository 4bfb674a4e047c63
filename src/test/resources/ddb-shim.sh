#!/bin/bash
# Stands for bin/ddb in the tests of examples: hands arguments, environment and streams to the JVM of
# ShellServer, which runs the commands of a whole script without starting a JVM for each.
call=$(mktemp -d "$DDB_SHIM/call.XXXXXX")
mkfifo "$call/in" "$call/out" "$call/err"
if [ $# -gt 0 ]; then printf '%s\0' "$@" >"$call/arguments"; else : >"$call/arguments"; fi
env -0 >"$call/environment"
# As bin/ddb tells which streams are a terminal; and its name, for what is written in one order.
terminal=
for stream in 0 1 2; do
  [ ! -t "$stream" ] || terminal=$terminal$stream name=$(readlink "/proc/$$/fd/$stream")
done
if [ -n "$terminal" ]; then
  size=$(stty size </dev/tty)
  printf '%s\n' "$terminal:${size#* }x${size% *}" "$name" >"$call/terminal"
fi
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

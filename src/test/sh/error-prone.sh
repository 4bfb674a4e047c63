#!/bin/sh
# Prints what Error Prone finds in the sources that stand in the files and folders named, then "exit" and javac's exit
# code; writes no class. The first argument is javac. See ErrorProneIT.
set -u
javac=$1
shift
out=target/error-prone
mkdir -p "$out"

# Kinds of warnings that are a matter of taste, or that stand where they are right.
off="AddressSelection ArrayRecordComponent ByteBufferBackingArray EnumOrdinal FutureReturnValueIgnored
  OperatorPrecedence StringConcatToTextBlock StringSplitter"
plugin=-Xplugin:ErrorProne
for kind in $off; do
  plugin="$plugin -Xep:$kind:OFF"
done

opened=
for room in api file main model parser processing tree util; do
  opened="$opened -J--add-exports=jdk.compiler/com.sun.tools.javac.$room=ALL-UNNAMED"
done
for room in code comp; do
  opened="$opened -J--add-opens=jdk.compiler/com.sun.tools.javac.$room=ALL-UNNAMED"
done

# shellcheck disable=SC2046,SC2086
"$javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC $opened \
  -XDcompilePolicy=simple --should-stop=ifError=FLOW --should-stop=ifNoError=FLOW \
  "$plugin" -Xmaxwarns 1000 -proc:none --release 17 -d "$out" \
  -processorpath "$(cat target/error-prone.processors)" -cp "$(cat target/error-prone.classpath)" \
  $(find "$@" -name '*.java') 2>&1
echo "exit $?"

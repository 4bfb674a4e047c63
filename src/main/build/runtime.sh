#!/bin/sh
# Makes target/ddb-VERSION-OS-ARCH.tar.gz: what target/ddb.zip holds, with a Java of the modules that it needs and the
# start-up archives of that Java. It runs where it is unpacked, on a machine without Java.
#   $1  the JDK that the Java is taken from
#   $2  the version of ddb
set -eu
jdk=$1
name=ddb-$2-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
cd "$(dirname "$0")/../../../target"
home=$PWD/runtime/$name
rm -rf runtime
mkdir runtime
cp -Rp ddb/ddb "$home"
rm -rf "$home/archive"

# Java's other charsets: a terminal may have one. Curves were a module of their own until 22.
modules=$("$jdk/bin/jdeps" --ignore-missing-deps --multi-release 17 --print-module-deps \
  "$home/lib/ddb.jar" "$home"/lib/*/*.jar),jdk.charsets
if "$jdk/bin/java" --list-modules | grep -q '^jdk.crypto.ec@'; then modules=$modules,jdk.crypto.ec; fi
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$home/runtime"
# What tells this Java from others, as in the JDK, for the names of archives.
grep -E '^(IMPLEMENTOR|JAVA_RUNTIME_VERSION)=' "$jdk/release" >>"$home/runtime/release" || :
"$home/runtime/bin/java" -XX:+UseSerialGC -Xshare:dump >/dev/null

DDB_MAKE_ARCHIVE=1 "$home/bin/ddb"
# Java 19 and later take an archive in any folder in which its jars are the same.
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/runtime/release")
for record in "$home"/archive/*.home; do
  if [ "$version" -ge 19 ]; then
    touch -r "$record" time
    { echo . && sed 1d "$record"; } >record
    cat record >"$record"
    touch -r time "$record"
    rm record time
  else
    rm -rf "$home/archive"
  fi
done
# For whoever unpacks it, root's as well, and for all to read.
chmod -R go+rX,go-w "$home"
root=
case $(tar --version) in *GNU*) root='--owner=0 --group=0' ;; esac
# shellcheck disable=SC2086
tar $root -czf "$name.tar.gz" -C runtime "$name"

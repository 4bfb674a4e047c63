#!/bin/sh
# Makes sure that the programs the tests run beside ddb are there. The build calls it twice: at its start, beside the
# compiler, without waiting for it; and before the tests, where it waits for the first to end.
# What is missing is installed by apt-get where that is possible: as root on Debian or Ubuntu.
set -u

# Programs that a script starts in the background ignore Ctrl-C, and so do all that they start.
status=/proc/self/status
[ -r "$status" ] || status=/dev/null
while read -r name mask; do
  case $name:$mask in
    SigIgn:*[2367abefABEF])
      echo "prerequisites: the tests send Ctrl-C, which is ignored here from the start: build in the" \
        "foreground, or with 'env --default-signal=INT mvn ...'" >&2
      exit 1
      ;;
  esac
done <"$status"

# Each name is that of the program and that of its Debian package.
programs="chromium groff jq zsh"

look() {
  missing=
  for program in $programs; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
}

# What an installation that goes on has unpacked may not be set up yet.
lock=target/prerequisites.lock
if [ -e "$lock" ] && command -v flock >/dev/null; then
  exec 9>"$lock"
  flock 9
fi
look
[ -n "$missing" ] || exit 0

fail() {
  echo "prerequisites: the tests need$missing: $1" >&2
  exit 1
}

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  fail "install them (on Debian, as root: apt-get install$missing), then build again"
fi

mkdir -p target
exec 9>"$lock"
flock 9
look
[ -n "$missing" ] || exit 0
echo "prerequisites: installing$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends $missing >"$log" 2>&1 </dev/null 9>&-
}
# The lists of packages may be missing or old.
install || { apt-get -q update >/dev/null 2>&1 && install; } ||
  fail "apt-get cannot install them: $(grep '^E:' "$log" | head -n 1)"

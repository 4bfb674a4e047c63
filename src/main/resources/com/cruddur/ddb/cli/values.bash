
# Values. Only names that a shell takes as they are: compgen expands what it is given.

# The value that an option has on the line; else nothing.
function _ddb_given() {
  local i=1 next
  while [ "$i" -lt "${COMP_CWORD}" ]; do
    next=$((i + 1))
    [ "${COMP_WORDS[next]}" != "=" ] || next=$((next + 1))
    if [ "${COMP_WORDS[i]}" = "$1" ]; then printf '%s\n' "${COMP_WORDS[next]}"; return; fi
    i=$((i + 1))
  done
}

# Handles of the users file, if that is JSON.
function _ddb_users() {
  local file
  file=$(_ddb_given --users)
  [ -n "$file" ] || file=${DDB_USERS:-@USERS@}
  grep -o '"handle" *: *"[A-Za-z0-9_.-]*"' 2>/dev/null <"$file" | sed 's/.*"\([^"]*\)"$/\1/'
}

# Profiles of the AWS configuration files.
function _ddb_profiles() {
  cat "${AWS_CONFIG_FILE:-$HOME/.aws/config}" "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}" \
    2>/dev/null | sed -n -e 's/^\[profile  *\([A-Za-z0-9_.-]*\)\].*/\1/p' -e 's/^\[\([A-Za-z0-9_.-]*\)\].*/\1/p' | sort -u
}

# Tables and caches of the target that the line names. The local stack is not started for it.
function _ddb_listed() {
  local port=$1 word value target
  shift
  target=()
  for word in --endpoint-url --profile --region; do
    value=$(_ddb_given "$word")
    [ -z "$value" ] || target+=("$word" "$value")
  done
  case " ${COMP_WORDS[*]} " in
    *" --prod "*) target+=(--prod) ;;
    *" --endpoint-url "*) ;;
    *) [ -n "${AWS_ENDPOINT_URL_DYNAMODB-}${AWS_ENDPOINT_URL-}" ] || (exec 3<>"/dev/tcp/127.0.0.1/$port") || return ;;
  esac 2>/dev/null
  DDB_NO_BUILD=1 "${COMP_WORDS[0]}" "$@" -o csv -q --timeout 2 "${target[@]}" 2>/dev/null </dev/null |
    sed -n '2,$s/^\([A-Za-z0-9_.-]*\).*/\1/p'
}

function _ddb_tables() { _ddb_listed "${DDB_LOCAL_PORT:-8000}" list-tables; }

function _ddb_caches() { _ddb_listed "${DDB_LOCAL_CACHE_PORT:-8080}" cache list; }

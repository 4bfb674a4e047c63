#!/bin/sh
# Times whole processes side by side, in turn, against a running local stack with the sample data, and
# prints medians in milliseconds and ratios to the first. Run it by hand on a quiet machine:
#   ./bin/ddb setup && src/bench/start-up.sh [ROUNDS]
# aws (2.x in /usr/bin, else the one on PATH) and boto3 (python3) are measured where they are found. momento_get is
# the Momento SDK used plainly, with the same start-up archive and the same options of the JVM; it needs a JDK.
set -eu
cd "$(dirname "$0")/../.."
rounds=${1:-11}
port=${DDB_LOCAL_PORT:-8000}
group=3f346c75-ad75-43df-aa35-5b4de50470e0
times=$(mktemp -d)
trap 'rm -rf "$times"' EXIT
export DDB_NO_BUILD=1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1

ddb() { ./bin/ddb -q get-conversation "$group"; }
ddb_without_archive() { DDB_NO_ARCHIVE=1 ./bin/ddb -q get-conversation "$group"; }
cache_get() { ./bin/ddb -q cache get bench; }
momento_get() { JAVA_HOME=$times/jdk ./bin/ddb -q cache get bench; }
curl_post() {
  curl -s -H 'X-Amz-Target: DynamoDB_20120810.Query' -H 'Content-Type: application/x-amz-json-1.0' \
    -H 'X-Amz-Date: 20260101T000000Z' \
    -H 'Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' \
    -d "{\"TableName\":\"cruddur-messages\",\"Limit\":20,\"ScanIndexForward\":false,\"KeyConditionExpression\":\"pk = :pk\",\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"MSG#$group\"}}}" \
    "http://localhost:$port"
}
ddb_help() { ./bin/ddb --help; }
ddb_version() { ./bin/ddb --version; }
aws_version() { "$aws" --version; }
aws_query() {
  "$aws" dynamodb query --endpoint-url "http://localhost:$port" --table-name cruddur-messages \
    --key-condition-expression 'pk = :pk' --expression-attribute-values "{\":pk\":{\"S\":\"MSG#$group\"}}" \
    --no-scan-index-forward --limit 20
}
boto3_query() {
  python3 -c "
import boto3
c = boto3.client('dynamodb', endpoint_url='http://localhost:$port')
print(c.query(TableName='cruddur-messages', KeyConditionExpression='pk = :pk',
  ExpressionAttributeValues={':pk': {'S': 'MSG#$group'}}, ScanIndexForward=False, Limit=20)['Items'])"
}

programs='ddb ddb_without_archive ddb_help ddb_version curl_post cache_get momento_get'
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
cache_port=${DDB_LOCAL_CACHE_PORT:-8080}
./bin/ddb -q cache set bench value >/dev/null
# A Java that runs MomentoGet with what the launcher gives it: the same options, the same archive.
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
mkdir -p "$times/jdk/bin"
cp "$jdk/release" "$times/jdk/"
cat >"$times/jdk/bin/java" <<WRAPPER
#!/bin/sh
main=
for word; do
  shift
  [ -z "\$main" ] || continue
  case \$word in
    *ddb.jar) word=\$word:$times ;;
    *.Main) main=1 && set -- "\$@" MomentoGet $cache_port cruddur && word=bench ;;
  esac
  set -- "\$@" "\$word"
done
exec "$jdk/bin/java" "\$@"
WRAPPER
chmod +x "$times/jdk/bin/java"
"${java%java}javac" -cp target/ddb/ddb/lib/ddb.jar -d "$times" src/bench/MomentoGet.java
case $(/usr/bin/aws --version 2>/dev/null) in
  aws-cli/2*) aws=/usr/bin/aws ;;
  *) aws=$(command -v aws || true) ;;
esac
if [ -n "$aws" ]; then
  "$aws" --version
  programs="$programs aws_query aws_version"
fi
python3 -c 'import boto3' 2>/dev/null && programs="$programs boto3_query"
for program in $programs; do $program >/dev/null; done
i=0
while [ "$i" -lt "$rounds" ]; do
  for program in $programs; do
    begin=$(date +%s%N)
    $program >/dev/null
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000)) >>"$times/$program"
  done
  i=$((i + 1))
done
first=
for program in $programs; do
  median=$(sort -n "$times/$program" | sed -n "$(((rounds + 1) / 2))p")
  first=${first:-$median}
  printf '%-22s %6d ms  %s times ddb\n' "$program" "$median" "$(awk "BEGIN{printf \"%.2f\", $median / $first}")"
done

#!/bin/sh
# What an operator does with aws. PORT is the engine's; prints "ok" when all is as AWS answers.
set -eu
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=eu-west-1 AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true
db() {
  aws dynamodb "$@" --endpoint-url "http://localhost:$PORT" --output text
}
same() {
  [ "$1" = "$2" ] || { echo "expected: $1; was: $2" >&2; exit 1; }
}

db create-table --table-name shell --billing-mode PAY_PER_REQUEST --key-schema AttributeName=pk,KeyType=HASH \
  --attribute-definitions AttributeName=pk,AttributeType=S --query TableDescription.TableStatus >/dev/null
db wait table-exists --table-name shell
db put-item --table-name shell --item '{"pk":{"S":"a"},"v":{"N":"1.50"}}'
same 1.5 "$(db get-item --table-name shell --key '{"pk":{"S":"a"}}' --query Item.v.N)"
same 2.5 "$(db update-item --table-name shell --key '{"pk":{"S":"a"}}' --update-expression 'ADD v :one' \
  --expression-attribute-values '{":one":{"N":"1"}}' --return-values ALL_NEW --query Attributes.v.N)"
refusal=$(db put-item --table-name shell --item '{"pk":{"S":"a"}}' --condition-expression 'attribute_not_exists(pk)' 2>&1) && exit 1
case $refusal in *ConditionalCheckFailedException*'The conditional request failed'*) ;; *) same refusal "$refusal" ;; esac
same 1 "$(db scan --table-name shell --query Count)"
db update-table --table-name shell --attribute-definitions AttributeName=pk,AttributeType=S AttributeName=v,AttributeType=N \
  --global-secondary-index-updates '[{"Create":{"IndexName":"by-v","KeySchema":[{"AttributeName":"v","KeyType":"HASH"}],
  "Projection":{"ProjectionType":"ALL"}}}]' >/dev/null
until [ "$(db describe-table --table-name shell --query 'Table.GlobalSecondaryIndexes[0].IndexStatus')" = ACTIVE ]; do :; done
same a "$(db query --table-name shell --index-name by-v --key-condition-expression 'v = :v' \
  --expression-attribute-values '{":v":{"N":"2.50"}}' --query 'Items[0].pk.S')"
db delete-table --table-name shell --query TableDescription.TableStatus >/dev/null
db wait table-not-exists --table-name shell
echo ok

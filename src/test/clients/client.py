"""What an application does through boto3. PORT is the engine's; prints "ok" when all is as AWS answers."""
import os
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

ARGUMENTS = dict(
    endpoint_url="http://localhost:" + os.environ["PORT"],
    region_name="eu-west-1",
    aws_access_key_id="any",
    aws_secret_access_key="any",
)
resource = boto3.resource("dynamodb", **ARGUMENTS)
client = resource.meta.client
streams = boto3.client("dynamodbstreams", **ARGUMENTS)
NAME = "python"


def refused(code, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError(code + " expected")


table = resource.create_table(
    TableName=NAME,
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": n, "AttributeType": t} for n, t in (("pk", "S"), ("n", "N"), ("g", "S"))],
    KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
    GlobalSecondaryIndexes=[
        {
            "IndexName": "by-g",
            "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["text"]},
        }
    ],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
)
table.wait_until_exists()

item = {
    "pk": "p",
    "n": Decimal("-12345678901234567890.123456789012345678"),
    "g": "g",
    "text": "two\nlines 👋",
    "bytes": b"\x00\xff",
    "set": {Decimal(1), Decimal("2.5")},
    "list": [None, True, {"deep": Decimal("1E+3")}],
}
table.put_item(Item=item)
got = table.get_item(Key={"pk": "p", "n": item["n"]}, ConsistentRead=True)["Item"]
got["bytes"] = bytes(got["bytes"])
assert got == item, got

with table.batch_writer() as batch:
    for n in range(60):
        batch.put_item(Item={"pk": "batch", "n": n - 30, "g": "g", "text": str(n), "even": n % 2 == 0})
page = table.query(KeyConditionExpression=Key("pk").eq("batch") & Key("n").between(-2, 2), ScanIndexForward=False)
assert [int(each["n"]) for each in page["Items"]] == [2, 1, 0, -1, -2]
even = table.scan(FilterExpression=Attr("even").eq(True), Select="COUNT")
assert (even["Count"], even["ScannedCount"]) == (30, 61), even
of_index = table.query(IndexName="by-g", KeyConditionExpression=Key("g").eq("g") & Key("n").gt(27))
assert [sorted(each) for each in of_index["Items"]] == [["g", "n", "pk", "text"]] * 2, of_index
pages = list(client.get_paginator("query").paginate(
    TableName=NAME, KeyConditionExpression=Key("pk").eq("batch"), PaginationConfig={"PageSize": 25}))
assert [each["Count"] for each in pages] == [25, 25, 10], pages

updated = table.update_item(
    Key={"pk": "p", "n": item["n"]},
    UpdateExpression="ADD hits :one SET #t = :t DELETE #s :s",
    ConditionExpression=Attr("pk").exists(),
    ExpressionAttributeNames={"#t": "text", "#s": "set"},
    ExpressionAttributeValues={":one": 1, ":t": "new", ":s": {1}},
    ReturnValues="UPDATED_NEW",
)["Attributes"]
assert updated == {"hits": 1, "text": "new", "set": {Decimal("2.5")}}, updated
refused("ConditionalCheckFailedException", table.delete_item,
        Key={"pk": "p", "n": item["n"]}, ConditionExpression=Attr("hits").gt(1))
cancelled = refused(
    "TransactionCanceledException",
    client.transact_write_items,
    TransactItems=[
        {"Put": {"TableName": NAME, "Item": {"pk": "t", "n": 1}}},
        {"Put": {"TableName": NAME, "Item": {"pk": "p", "n": item["n"]},
                 "ConditionExpression": "attribute_not_exists(pk)"}},
    ],
)
assert [reason["Code"] for reason in cancelled["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
rows = client.execute_statement(Statement=f'SELECT n FROM "{NAME}" WHERE pk = \'batch\' AND n > 28')["Items"]
assert rows == [{"n": 29}], rows
refused("ValidationException", table.get_item, Key={"pk": "p"})
refused("ResourceNotFoundException", client.describe_table, TableName="none")

stream = streams.describe_stream(StreamArn=table.latest_stream_arn)["StreamDescription"]
iterator = streams.get_shard_iterator(
    StreamArn=stream["StreamArn"], ShardId=stream["Shards"][0]["ShardId"], ShardIteratorType="TRIM_HORIZON"
)["ShardIterator"]
records = streams.get_records(ShardIterator=iterator)["Records"]
assert [each["eventName"] for each in records] == ["INSERT"] * 61 + ["MODIFY"]
assert records[-1]["dynamodb"]["OldImage"]["text"] == {"S": "two\nlines 👋"}

client.update_time_to_live(TableName=NAME, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})
client.tag_resource(ResourceArn=table.table_arn, Tags=[{"Key": "k", "Value": "v"}])
assert client.list_tags_of_resource(ResourceArn=table.table_arn)["Tags"] == [{"Key": "k", "Value": "v"}]
table.delete()
table.wait_until_not_exists()
print("ok")

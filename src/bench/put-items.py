"""Writes the first messages of an ndjson file to a table with boto3, as one batch_writer or as 20 loops of put_item:
put-items.py batch|loops ENDPOINT TABLE FILE LIMIT"""
import json
import os
import sys

try:
    import boto3
except ImportError:
    sys.exit("boto3 is missing: this comparison needs it (pip install boto3)")

how, endpoint, name, file, limit = sys.argv[1:6]
table = boto3.resource(
    "dynamodb", endpoint_url=endpoint, region_name="us-east-1",
    aws_access_key_id="local", aws_secret_access_key="local").Table(name)
users = {}
LOOPS = 20


def items():
    count = 0
    for line in open(file, encoding="utf-8"):
        record = json.loads(line)
        if record["type"] == "user":
            users[record["handle"]] = record
        elif record["type"] == "message":
            user = users[record["from"]]
            yield {
                "pk": "MSG#" + record["message_group_uuid"],
                "sk": record["created_at"],
                "message_uuid": f"{count:032x}",
                "message": record["message"],
                "user_uuid": user["uuid"],
                "user_display_name": user["display_name"],
                "user_handle": user["handle"],
            }
            count += 1
            if count == int(limit):
                return


if how == "batch":
    with table.batch_writer() as batch:
        for item in items():
            batch.put_item(Item=item)
else:
    wanted = list(items())
    children = []
    for number in range(LOOPS):
        child = os.fork()
        if not child:
            for item in wanted[number::LOOPS]:
                table.put_item(Item=item)
            os._exit(0)
        children.append(child)
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    sys.exit(f"{len(failed)} loops failed" if failed else 0)

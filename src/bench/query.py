"""The newest page of a conversation with boto3: query.py ENDPOINT MESSAGE-GROUP-UUID"""
import sys

import boto3

endpoint, group = sys.argv[1:3]
client = boto3.client("dynamodb", endpoint_url=endpoint)
print(client.query(
    TableName="cruddur-messages", KeyConditionExpression="pk = :pk",
    ExpressionAttributeValues={":pk": {"S": "MSG#" + group}}, ScanIndexForward=False, Limit=20)["Items"])

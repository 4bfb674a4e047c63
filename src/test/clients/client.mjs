// What an application does through the JavaScript SDK. PORT is the engine's; prints "ok" when all is as AWS answers.
import assert from 'node:assert/strict';
import {createRequire} from 'node:module';

const require = createRequire(process.cwd() + '/');
const dynamo = require('@aws-sdk/client-dynamodb');
const lib = require('@aws-sdk/lib-dynamodb');

const client = new dynamo.DynamoDBClient({
  endpoint: `http://localhost:${process.env.PORT}`,
  region: 'eu-west-1',
  credentials: {accessKeyId: 'any', secretAccessKey: 'any'},
});
const documents = lib.DynamoDBDocumentClient.from(client, {marshallOptions: {removeUndefinedValues: true}});
const TableName = 'javascript';
const refused = (name) => (error) => error.name === name;

await client.send(new dynamo.CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'g'].map((AttributeName) => ({AttributeName, AttributeType: 'S'})),
  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
  GlobalSecondaryIndexes: [{
    IndexName: 'by-g',
    KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
    Projection: {ProjectionType: 'ALL'},
  }],
}));
await dynamo.waitUntilTableExists({client, maxWaitTime: 30, minDelay: 1}, {TableName});

const item = {
  pk: 'p', sk: '1', g: 'g', list: [1, 'two', null, true], map: {nested: {deep: 1.5}}, set: new Set(['b', 'a']),
  bytes: new Uint8Array([0, 255]), emoji: '👋', empty: '',
};
await documents.send(new lib.PutCommand({TableName, Item: item}));
const got = (await documents.send(new lib.GetCommand({TableName, Key: {pk: 'p', sk: '1'}, ConsistentRead: true}))).Item;
assert.deepEqual(got, item);

await documents.send(new lib.BatchWriteCommand({
  RequestItems: {[TableName]: Array.from({length: 25}, (_, n) => ({
    PutRequest: {Item: {pk: 'batch', sk: String(n).padStart(2, '0'), g: 'g', n}},
  }))},
}));
let keys = [];
for await (const page of lib.paginateQuery({client: documents, pageSize: 7}, {
  TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: {':p': 'batch'}, ScanIndexForward: false,
})) {
  keys = keys.concat(page.Items.map((each) => each.sk));
}
assert.equal(keys.length, 25);
assert.equal(keys[0], '24');
const ofIndex = await documents.send(new lib.QueryCommand({
  TableName, IndexName: 'by-g', KeyConditionExpression: 'g = :g AND sk < :s', FilterExpression: 'n >= :n',
  ExpressionAttributeValues: {':g': 'g', ':s': '10', ':n': 5}, ReturnConsumedCapacity: 'INDEXES',
}));
assert.equal(ofIndex.Count, 5);
assert.ok(ofIndex.ConsumedCapacity.GlobalSecondaryIndexes['by-g'].CapacityUnits > 0);

const updated = await documents.send(new lib.UpdateCommand({
  TableName, Key: {pk: 'p', sk: '1'}, UpdateExpression: 'SET #l[0] = :v, n = if_not_exists(n, :z) + :v REMOVE #m.nested',
  ExpressionAttributeNames: {'#l': 'list', '#m': 'map'}, ExpressionAttributeValues: {':v': 7, ':z': 0}, ReturnValues: 'ALL_NEW',
}));
assert.deepEqual(updated.Attributes.list, [7, 'two', null, true]);
assert.deepEqual(updated.Attributes.map, {});
assert.equal(updated.Attributes.n, 7);

await assert.rejects(documents.send(new lib.PutCommand({
  TableName, Item: {pk: 'p', sk: '1'}, ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
})), (error) => error.name === 'ConditionalCheckFailedException' && error.Item.pk.S === 'p');
await assert.rejects(documents.send(new lib.TransactWriteCommand({
  TransactItems: [
    {Put: {TableName, Item: {pk: 't', sk: '1'}}},
    {ConditionCheck: {TableName, Key: {pk: 'none', sk: '1'}, ConditionExpression: 'attribute_exists(pk)'}},
  ],
})), (error) => error.name === 'TransactionCanceledException'
  && error.CancellationReasons.map((reason) => reason.Code).join() === 'None,ConditionalCheckFailed');
await documents.send(new lib.TransactWriteCommand({
  TransactItems: [{Put: {TableName, Item: {pk: 't', sk: '1'}}}, {Delete: {TableName, Key: {pk: 'p', sk: '1'}}}],
}));
const both = await documents.send(new lib.TransactGetCommand({
  TransactItems: [{Get: {TableName, Key: {pk: 't', sk: '1'}}}, {Get: {TableName, Key: {pk: 'p', sk: '1'}}}],
}));
assert.deepEqual(both.Responses, [{Item: {pk: 't', sk: '1'}}, {}]);
const selected = await documents.send(new lib.ExecuteStatementCommand({
  Statement: `SELECT sk FROM "${TableName}" WHERE pk = ? AND sk > ?`, Parameters: ['batch', '22'],
}));
assert.deepEqual(selected.Items, [{sk: '23'}, {sk: '24'}]);
let scanned = 0;
for await (const page of lib.paginateScan({client: documents, pageSize: 10}, {TableName, Segment: 0, TotalSegments: 1})) {
  scanned += page.Count;
}
assert.equal(scanned, 26);
await assert.rejects(documents.send(new lib.GetCommand({TableName: 'none', Key: {pk: 'p'}})), refused('ResourceNotFoundException'));
await assert.rejects(documents.send(new lib.GetCommand({TableName, Key: {pk: 'p'}})), refused('ValidationException'));
await client.send(new dynamo.DeleteTableCommand({TableName}));
await dynamo.waitUntilTableNotExists({client, maxWaitTime: 30, minDelay: 1}, {TableName});
console.log('ok');

/**
 * All that speaks to DynamoDB. {@link com.cruddur.ddb.dynamo.DynamoDbClients} makes the clients for
 * a {@link com.cruddur.ddb.dynamo.Target}, {@link com.cruddur.ddb.dynamo.Keys} spells keys, {@link
 * com.cruddur.ddb.dynamo.Items} maps items to the domain's records and back, {@link
 * com.cruddur.ddb.dynamo.Requests} builds the requests of the access patterns, {@link
 * com.cruddur.ddb.dynamo.DynamoDbConversationStore} runs them, and {@link
 * com.cruddur.ddb.dynamo.TableSchema} says what the table must look like. {@link
 * com.cruddur.ddb.dynamo.Check} compares rows with messages. Each of these rules stands in that one
 * place. Exceptions of the SDK pass through; the command line maps them to exit codes.
 */
package com.cruddur.ddb.dynamo;

/**
 * All that speaks to DynamoDB. {@link com.cruddur.ddb.dynamo.DynamoDbClients} makes the clients for
 * a {@link com.cruddur.ddb.dynamo.Target}, {@link com.cruddur.ddb.dynamo.Keys} spells keys, {@link
 * com.cruddur.ddb.dynamo.Items} maps items to the domain's records and back, {@link
 * com.cruddur.ddb.dynamo.Requests} builds the requests of the access patterns, and {@link
 * com.cruddur.ddb.dynamo.TableSchema} says what the table must look like. Each of these rules
 * stands in that one place. The rooms are what is done with them: {@code store} for the domain,
 * {@code batch} for many items, {@code check} for all of the table, {@code s3}, and {@code dryrun}.
 *
 * <p>Exceptions of the SDK pass through; the command line maps them to exit codes.
 */
package com.cruddur.ddb.dynamo;

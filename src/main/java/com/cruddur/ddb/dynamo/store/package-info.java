/**
 * The table as the domain wants it: {@link com.cruddur.ddb.dynamo.store.DynamoDbConversationStore}
 * runs the requests of the access patterns, and writes messages and rows.
 */
package com.cruddur.ddb.dynamo.store;

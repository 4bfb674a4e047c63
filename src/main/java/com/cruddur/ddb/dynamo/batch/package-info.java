/**
 * Many items at once. {@link com.cruddur.ddb.dynamo.batch.ItemTable} is the port: pages, reads by
 * keys, and a sink. Behind it {@link com.cruddur.ddb.dynamo.batch.BatchWriter} writes in batches
 * and asks again for what DynamoDB left out, {@link com.cruddur.ddb.dynamo.batch.ParallelScan}
 * reads with several scans. Both ask for no more than the table gives without refusing.
 */
package com.cruddur.ddb.dynamo.batch;

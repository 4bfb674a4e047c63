/**
 * Many items at once: {@link com.cruddur.ddb.dynamo.batch.BatchWriter} writes them in batches and
 * asks again for what DynamoDB left out, {@link com.cruddur.ddb.dynamo.batch.ParallelScan} reads
 * them with several scans. Both ask for no more than the table gives without refusing.
 */
package com.cruddur.ddb.dynamo.batch;

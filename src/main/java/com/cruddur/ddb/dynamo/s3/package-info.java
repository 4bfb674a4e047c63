/**
 * DynamoDB's own export to S3 and import from there: {@link com.cruddur.ddb.dynamo.s3.S3Jobs}
 * starts them and asks how far they are.
 */
package com.cruddur.ddb.dynamo.s3;

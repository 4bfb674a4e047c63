/**
 * A run that writes nothing: a {@link com.cruddur.ddb.dynamo.dryrun.DryRunPlan} stands in front of
 * the store and of the items of a table, keeps what would be written, and shows it to later reads
 * of the same run. Below it stays an interceptor that refuses every request that is not a read.
 */
package com.cruddur.ddb.dynamo.dryrun;

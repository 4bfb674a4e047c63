/**
 * A run that writes nothing: {@link com.cruddur.ddb.dynamo.dryrun.DryRunRequests} says which
 * requests only read, refuses all others, and keeps what they would have done where later reads of
 * the same run see it.
 */
package com.cruddur.ddb.dynamo.dryrun;

/**
 * Looks at all of a table: {@link com.cruddur.ddb.dynamo.check.Check} compares rows with messages
 * and repairs them, {@link com.cruddur.ddb.dynamo.check.Stats} counts.
 */
package com.cruddur.ddb.dynamo.check;

/**
 * Many records at once, a room for each job: seed, export, imports, generate. It imports the
 * domain, DynamoDB and a JSON parser; it prints nothing and knows no command line: what it has to
 * say goes to consumers that the caller gives.
 *
 * <p>Here stands what the jobs share: opening inputs, items as JSON, checkpoints. Whatever cannot
 * be loaded is a {@link com.cruddur.ddb.bulk.Reject} with file, line and reason, and the {@link
 * com.cruddur.ddb.bulk.SeedAccount} at the end proves that nothing else was left out.
 */
package com.cruddur.ddb.bulk;

/**
 * The operations of AWS's API, each an {@link com.cruddur.ddb.engine.operations.Operation}: a
 * request in, a {@link com.cruddur.ddb.engine.shape.Reply} out.
 *
 * <p>Those on items go the same way. A {@link com.cruddur.ddb.engine.shape.Shape} reads the request
 * and checks what AWS's model says. Then everything is checked that needs no table: values,
 * expressions, combinations of parameters; {@code WriteRequest} and {@code KeyRead} hold the
 * outcome. Only then is the table looked up, which is AWS's order, and keys are checked against its
 * schema ({@code KeyChecks}).
 *
 * <p>A write becomes an {@code ItemWrite}, done inside one transaction of the store: PutItem does
 * one, BatchWriteItem several that do not depend on each other, TransactWriteItems all or none,
 * with a reason for each ({@code Cancellation}). A read of several items is a {@code Page} of a
 * {@code KeyRange}: Query finds the range from its key condition, Scan from its segment, a SELECT
 * from its clause. {@code Capacity} adds up what AWS would charge, from the sizes of what was read
 * and written.
 *
 * <p>Tables, streams, tags and time to live stand beside them; they change a table's description,
 * which is AWS's own JSON.
 */
package com.cruddur.ddb.engine.operations;

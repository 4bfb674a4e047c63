/**
 * Requests as AWS's model of its API describes them.
 *
 * <p>AWS checks a request in two steps before an operation sees it: JSON of another type than the
 * model's is a SerializationException at once; then all constraints of the model (what is required,
 * lengths, patterns, allowed texts, ranges) are checked together and told together. A {@link
 * com.cruddur.ddb.engine.shape.Shape} declares both for one operation and gives a {@link
 * com.cruddur.ddb.engine.shape.Request}. What an operation checks of its own comes after that. It
 * answers with a {@link com.cruddur.ddb.engine.shape.Reply}.
 */
package com.cruddur.ddb.engine.shape;

/**
 * DynamoDB's expression language: conditions, filters, key conditions, projections and updates.
 *
 * <p>A request has up to four expressions and one set of {@link
 * com.cruddur.ddb.engine.expression.Placeholders}. Each expression is cut into tokens and parsed by
 * hand into a small tree: a {@link com.cruddur.ddb.engine.expression.Condition} that an item meets
 * or not, a {@link com.cruddur.ddb.engine.expression.Projection}, an {@link
 * com.cruddur.ddb.engine.expression.Update} or a {@link
 * com.cruddur.ddb.engine.expression.KeyCondition}. Names and values are put in while parsing, so a
 * tree needs nothing but an item. Evaluating is one pattern match a node.
 *
 * <p>AWS refuses expressions with exact words and in an order of its own: first what cannot be
 * parsed, at once; then one kind of fault after the other, whatever comes first in the text. The
 * parsers therefore go on after a fault and note it; {@code Problems} keeps the one that AWS would
 * name.
 *
 * <p>The parameters that expressions replaced ({@code Expected}, {@code ScanFilter}, {@code
 * AttributeUpdates} and so on) are translated into the same trees, in {@link
 * com.cruddur.ddb.engine.expression.Legacy}.
 */
package com.cruddur.ddb.engine.expression;

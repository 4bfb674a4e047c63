package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Expressions;
import com.cruddur.ddb.engine.expression.KeyCondition;
import com.cruddur.ddb.engine.expression.Legacy;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** Query and Scan: pages of a range of a table or an index. */
final class ReadOperation implements Operation {

  private static final List<String> QUERY =
      List.of("ProjectionExpression", "FilterExpression", "KeyConditionExpression");
  private static final List<String> OLDER_QUERY =
      List.of("AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions");
  private static final List<String> SCAN = List.of("ProjectionExpression", "FilterExpression");
  private static final List<String> OLDER_SCAN =
      List.of("AttributesToGet", "ScanFilter", "ConditionalOperator");

  private final Shape shape;
  private final boolean query;

  private ReadOperation(Shape shape, boolean query) {
    this.shape = shape;
    this.query = query;
  }

  static ReadOperation query() {
    return new ReadOperation(
        shape()
            .member("KeyConditionExpression", Shape.string())
            .member("KeyConditions", Members.conditions())
            .member("QueryFilter", Members.conditions())
            .member("ScanIndexForward", Shape.bool())
            .member("ConditionalOperator", Members.modernConditionalOperator())
            .modern(),
        true);
  }

  static ReadOperation scan() {
    return new ReadOperation(
        shape()
            .member("ScanFilter", Members.conditions())
            .member("Segment", Shape.integer().range(0, 999_999))
            .member("TotalSegments", Shape.integer().range(1, 1_000_000)),
        false);
  }

  private static Shape shape() {
    return Shape.structure()
        .member("TableName", Shape.tableName())
        .member("IndexName", Shape.indexName())
        .member("ReturnConsumedCapacity", Members.returnConsumedCapacity())
        .member(
            "Select",
            Shape.string()
                .oneOf(
                    "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"))
        .member("Limit", Shape.integer().range(1, Integer.MAX_VALUE))
        .member("AttributesToGet", Members.attributesToGet())
        .member("ConsistentRead", Shape.bool())
        .member("ConditionalOperator", Members.conditionalOperator())
        .member("ExclusiveStartKey", Shape.item())
        .member("ProjectionExpression", Shape.string())
        .member("FilterExpression", Shape.string())
        .member("ExpressionAttributeNames", Members.names())
        .member("ExpressionAttributeValues", Members.values());
  }

  /** The parameters of a request, parsed, before its table is known. */
  record Asked(Projection projection, Condition filter, KeyCondition key, Item start) {}

  @Override
  public Reply answer(JsonParser body, Context context) throws IOException {
    Request request = shape.request(body);
    Asked asked = parse(request);
    Table table = context.table(request.text("TableName"));
    Index index = index(table, request);
    PageRead read = new PageRead(request, asked, table, index);
    Page page = query ? read.query() : read.scan();
    context.consume(table, false, page.capacity().total());
    return page.shown(request);
  }

  private Asked parse(Request request) {
    Parameters parameters =
        Parameters.of(request, query ? QUERY : SCAN, query ? OLDER_QUERY : OLDER_SCAN);
    Condition olderFilter = parameters.legacyCondition(query ? "QueryFilter" : "ScanFilter");
    Item start = StartKey.read(request);
    Projection older = parameters.attributesToGet();
    if (!query) {
      Segments.check(request);
    }
    Selection.check(
        request, request.has("AttributesToGet") || request.has("ProjectionExpression"), query);
    Expressions expressions = parameters.expressions(!query);
    Condition filter = expressions.filter(request.text("FilterExpression"));
    KeyCondition key = query ? key(request, parameters, expressions) : null;
    Projection projection = expressions.projection(request.text("ProjectionExpression"));
    expressions.end();
    return new Asked(
        older == null ? projection : older, olderFilter == null ? filter : olderFilter, key, start);
  }

  private static KeyCondition key(Request request, Parameters parameters, Expressions expressions) {
    if (request.has("KeyConditionExpression")) {
      return expressions.keyCondition(request.text("KeyConditionExpression"));
    }
    if (!request.has("KeyConditions")) {
      throw EngineException.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    int size = request.map("KeyConditions").size();
    if (size < 1 || size > 2) {
      throw EngineException.validation("Conditions can be of length 1 or 2 only");
    }
    return Legacy.keyCondition(parameters.legacyConditions("KeyConditions"));
  }

  private static Index index(Table table, Request request) {
    String name = request.text("IndexName");
    if (name == null) {
      return null;
    }
    Index index = table.index(name);
    if (index == null) {
      throw EngineException.validation("The table does not have the specified index: %s", name);
    }
    if (!index.isActive()) {
      throw EngineException.validation(
          "Cannot read from backfilling global secondary index: %s", name);
    }
    if (index.global() && request.flag("ConsistentRead")) {
      throw EngineException.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    return index;
  }
}

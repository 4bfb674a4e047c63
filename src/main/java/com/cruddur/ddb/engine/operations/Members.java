package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.shape.Shape;

/** Members that the requests of several operations share. */
final class Members {

  private Members() {}

  static Shape returnConsumedCapacity() {
    return Shape.string().oneOf("INDEXES", "TOTAL", "NONE");
  }

  static Shape returnItemCollectionMetrics() {
    return Shape.string().oneOf("SIZE", "NONE");
  }

  static Shape returnValues() {
    return Shape.string().oneOf("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");
  }

  static Shape returnValuesOnFailure() {
    return Shape.string().oneOf("ALL_OLD", "NONE");
  }

  static Shape conditionalOperator() {
    return Shape.string().oneOf("OR", "AND");
  }

  /** In AWS's newer words, which come alone and name neither member nor value. */
  static Shape modernConditionalOperator() {
    return conditionalOperator()
        .orBare("Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]");
  }

  static Shape names() {
    return Shape.map(Shape.string());
  }

  static Shape values() {
    return Shape.map(Shape.value());
  }

  static Shape attributesToGet() {
    return Shape.list(Shape.string()).size(1, Integer.MAX_VALUE);
  }

  /**
   * {@code Expected}, and with that also {@code KeyConditions}, {@code QueryFilter}, {@code
   * ScanFilter}.
   */
  static Shape conditions() {
    return Shape.map(
        Shape.structure()
            .member("Value", Shape.value())
            .member("Exists", Shape.bool())
            .member("AttributeValueList", Shape.list(Shape.value()))
            .member(
                "ComparisonOperator",
                Shape.string()
                    .oneOf(
                        "IN",
                        "NULL",
                        "BETWEEN",
                        "LT",
                        "NOT_CONTAINS",
                        "EQ",
                        "GT",
                        "NOT_NULL",
                        "NE",
                        "LE",
                        "BEGINS_WITH",
                        "GE",
                        "CONTAINS")));
  }

  /** A request that writes one item, without what it writes. */
  static Shape write() {
    return Shape.structure()
        .member("ReturnConsumedCapacity", returnConsumedCapacity())
        .member("TableName", Shape.tableName())
        .member("ReturnItemCollectionMetrics", returnItemCollectionMetrics())
        .member("ReturnValues", returnValues())
        .member("ReturnValuesOnConditionCheckFailure", returnValuesOnFailure())
        .member("Expected", conditions())
        .member("ConditionalOperator", conditionalOperator())
        .member("ConditionExpression", Shape.string())
        .member("ExpressionAttributeNames", names())
        .member("ExpressionAttributeValues", values());
  }
}

package com.cruddur.ddb.dynamo.batch;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads of many items by their keys, strongly consistent. */
public interface ItemReads extends AutoCloseable {
  /** Whether the table holds no item at this moment. */
  boolean tableIsEmpty();

  /** What stands on the keys of items, which are distinct; in no particular order. */
  List<Map<String, AttributeValue>> standing(List<Map<String, AttributeValue>> items);

  @Override
  void close();
}

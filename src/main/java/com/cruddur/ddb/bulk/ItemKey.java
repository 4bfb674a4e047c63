package com.cruddur.ddb.bulk;

import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.file.SortedRuns;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item's key as bytes that sort by partition key, then by sort key, as DynamoDB compares them.
 */
public final class ItemKey {
  private ItemKey() {}

  /** The bytes of the key of an item, or of its key alone. */
  public static byte[] of(Map<String, AttributeValue> item) {
    return SortedRuns.key(
        item.get(Keys.PK).s(), item.get(Keys.SK).s().getBytes(StandardCharsets.UTF_8));
  }
}

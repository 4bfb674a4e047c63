package com.cruddur.ddb.bulk;

import com.cruddur.ddb.dynamo.Keys;
import java.io.ByteArrayOutputStream;
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
    ByteArrayOutputStream key = new ByteArrayOutputStream(96);
    for (byte b : item.get(Keys.PK).s().getBytes(StandardCharsets.UTF_8)) {
      key.write(b);
      if (b == 0) {
        // So that the end of the partition key, 0 and 0, stands before any longer one.
        key.write(1);
      }
    }
    key.write(0);
    key.write(0);
    key.writeBytes(item.get(Keys.SK).s().getBytes(StandardCharsets.UTF_8));
    return key.toByteArray();
  }
}

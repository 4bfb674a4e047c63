package com.cruddur.ddb.dynamo.batch;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items that are read in segments, page by page; for any number of threads. */
public interface ItemPages {
  /**
   * A page.
   *
   * @param next the key after which the segment goes on; empty when this is its last page
   */
  record Answer(List<Map<String, AttributeValue>> items, Map<String, AttributeValue> next) {}

  /** Which of how many segments, and how many items a page has at most; null for 1 MB. */
  record Segment(int number, int of, Integer pageSize) {}

  /**
   * The page behind a key.
   *
   * @param after empty for the first page
   */
  Answer page(Segment segment, Map<String, AttributeValue> after);

  /** The same items, each of them changed; the keys behind which pages go on are not. */
  default ItemPages each(UnaryOperator<Map<String, AttributeValue>> change) {
    return (segment, after) -> {
      Answer answer = page(segment, after);
      return new Answer(answer.items().stream().map(change).toList(), answer.next());
    };
  }
}

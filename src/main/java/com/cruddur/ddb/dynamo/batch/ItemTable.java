package com.cruddur.ddb.dynamo.batch;

import com.cruddur.ddb.chat.MessageQuery;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The items of a table, for work on many of them and on what the domain has no word for. What the
 * domain has a word for is asked of {@link com.cruddur.ddb.chat.ConversationStore}; there is no
 * third way to the table's items.
 */
public interface ItemTable {
  /** The limit of a query whose pages shall be as large as DynamoDB makes them, 1 MB. */
  int WHOLE_PAGES = 10_000;

  /** Every item, by scans; eventually consistent. */
  ItemPages pages();

  /** Every item of the index, which holds conversation rows alone; eventually consistent. */
  ItemPages indexPages();

  /** Every item of some conversations, by queries: a segment for each; strongly consistent. */
  ItemPages pages(List<String> groups);

  /** What stands under a key, strongly consistent; empty for nothing. */
  Map<String, AttributeValue> item(Map<String, AttributeValue> key);

  /** The messages of every page of a query, read as the stream is drawn, in order of the keys. */
  Stream<Map<String, AttributeValue>> messages(MessageQuery query);

  /** A user's rows of some conversations, 100 of them at most; strongly consistent. */
  Stream<Map<String, AttributeValue>> rows(String userUuid, Set<String> groups);

  /** A conversation's rows as the index shows them. */
  Stream<Map<String, AttributeValue>> indexedRows(String groupUuid);

  /** Reads by keys; to be closed. */
  ItemReads reads();

  /**
   * Where items are written; to be closed.
   *
   * @param refused told of an item that DynamoDB finds invalid and why, from several threads; the
   *     others go on
   */
  ItemSink sink(BiConsumer<Map<String, AttributeValue>, DynamoDbException> refused);

  /** The same; an item that is invalid ends it all. */
  default ItemSink sink() {
    return sink(
        (item, e) -> {
          throw e;
        });
  }
}

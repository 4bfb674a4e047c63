package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** ExclusiveStartKey: where the page before ended. Query and Scan word its refusal differently. */
final class StartKey {

  private StartKey() {}

  /** The key's place in the table or the index. */
  static byte[] bytes(Table table, Index index, Item start, boolean query) {
    Set<String> names = Page.keyNames(table, index);
    List<KeyAttribute> attributes =
        Stream.concat(
                table.key().attributes().stream(),
                index == null ? Stream.empty() : index.key().attributes().stream())
            .toList();
    boolean fits =
        start.attributes().size() == names.size()
            && attributes.stream().allMatch(each -> fits(each, start.get(each.name())));
    if (!fits) {
      throw EngineException.validation(
          query
              ? "The provided starting key is invalid"
              : "The provided starting key is invalid: The provided key element does not match the"
                  + " schema");
    }
    KeySchema key = table.key();
    byte[] bytes = key.bytes(start);
    return index == null ? bytes : index.key().entryBytes(start, bytes);
  }

  private static boolean fits(KeyAttribute attribute, AttributeValue value) {
    return value != null && attribute.accepts(value);
  }

  /** Refuses a start outside of what is read. */
  static void check(KeyRange range, byte[] start, boolean query) {
    if (!range.contains(start)) {
      throw EngineException.validation(
          query
              ? "The provided starting key is outside query boundaries based on provided conditions"
              : "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                  + " ExclusiveStartKey with correct Segment. TotalSegments or Segment parameters"
                  + " may have changed");
    }
  }
}

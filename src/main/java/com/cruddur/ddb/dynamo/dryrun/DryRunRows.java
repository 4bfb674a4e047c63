package com.cruddur.ddb.dynamo.dryrun;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.RowRefusedException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.store.RowWrites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** The planned writes of conversation rows, refused as RowWrites refuses them. */
final class DryRunRows {
  private final DryRunItemTable items;

  DryRunRows(DryRunItemTable items) {
    this.items = items;
  }

  RowWrite start(Message first, List<ConversationRow> rows) {
    List<Map<String, AttributeValue>> puts = new ArrayList<>(List.of(Items.item(first)));
    rows.forEach(row -> puts.add(Items.item(row)));
    for (Map<String, AttributeValue> put : puts) {
      Map<String, AttributeValue> there = items.item(Keys.of(put));
      if (!there.isEmpty()) {
        return RowWrites.taken(there, first.groupUuid());
      }
    }
    puts.forEach(put -> items.put(put, Map.of()));
    return RowWrite.DONE;
  }

  RowWrite create(ConversationRow row) {
    return create(row, true);
  }

  RowWrite move(ConversationRow from, ConversationRow to) {
    RowWrite created = create(to, isUnchanged(from));
    return created == RowWrite.DONE ? delete(from) : created;
  }

  /** An item that is too large is refused before anything is looked at. */
  private RowWrite create(ConversationRow row, boolean allowed) {
    Map<String, AttributeValue> item = Items.item(row);
    return refusing(
        row,
        () -> {
          items.requireFits(item);
          Map<String, AttributeValue> there = items.item(key(row));
          if (!there.isEmpty()) {
            return RowWrites.taken(there, row.groupUuid());
          } else if (allowed) {
            items.put(item, there);
          }
          return allowed ? RowWrite.DONE : RowWrite.OVERTAKEN;
        });
  }

  RowWrite update(ConversationRow row, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> there = items.item(key(row));
    if (!isOurs(row, there)) {
      return RowWrite.OVERTAKEN;
    }
    Map<String, AttributeValue> item = new HashMap<>(there);
    item.putAll(attributes);
    return put(row, item, there);
  }

  /** As the table's store refuses it: whoever gave the row another text since knows a later one. */
  RowWrite rewrite(ConversationRow row, String text) {
    String there = text(items.item(key(row)), "message");
    boolean later = !row.message().isEmpty() && !row.message().equals(there);
    return later ? RowWrite.OVERTAKEN : update(row, Map.of("message", AttributeValue.fromS(text)));
  }

  RowWrite delete(ConversationRow row) {
    if (!isUnchanged(row)) {
      return RowWrite.OVERTAKEN;
    }
    items.delete(key(row), items.item(key(row)));
    return RowWrite.DONE;
  }

  RowWrite merge(ConversationRow second, ConversationRow stays) {
    Map<String, AttributeValue> lacking = RowWrites.lacking(second, stays);
    if (!lacking.isEmpty()) {
      Map<String, AttributeValue> there = items.item(key(stays));
      if (!isOurs(stays, there) || !isUnchanged(second)) {
        return RowWrite.OVERTAKEN;
      }
      lacking.putAll(there);
      put(stays, lacking, there);
    }
    return delete(second);
  }

  private RowWrite put(
      ConversationRow row, Map<String, AttributeValue> item, Map<String, AttributeValue> there) {
    return refusing(
        row,
        () -> {
          items.put(item, there);
          return RowWrite.DONE;
        });
  }

  // This very object: an answer of AWS that says the same is not the dry run's.
  @SuppressWarnings("ReferenceEquality")
  private static RowWrite refusing(ConversationRow row, Supplier<RowWrite> write) {
    try {
      return write.get();
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() == DryRunItemTable.TOO_LARGE) {
        throw new RowRefusedException(row, e.awsErrorDetails().errorMessage(), e);
      }
      throw e;
    }
  }

  private static boolean isOurs(ConversationRow row, Map<String, AttributeValue> there) {
    return text(there, Keys.GROUP).equals(row.groupUuid());
  }

  /** As the table's store compares it: a name or an attribute of others may be new. */
  private boolean isUnchanged(ConversationRow row) {
    Map<String, AttributeValue> there = items.item(key(row));
    User other = row.other();
    return isOurs(row, there)
        && (other.displayName().isEmpty()
            || other.displayName().equals(text(there, "user_display_name")))
        && (other.handle().isEmpty() || other.handle().equals(text(there, "user_handle")))
        && there.entrySet().containsAll(row.extra().entrySet());
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return Items.text(item, name);
  }

  private static Map<String, AttributeValue> key(ConversationRow row) {
    return Keys.key(Keys.conversations(row.ownerUuid()), row.lastMessageAt());
  }
}

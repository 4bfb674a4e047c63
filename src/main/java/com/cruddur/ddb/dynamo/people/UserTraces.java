package com.cruddur.ddb.dynamo.people;

import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a table still names a user: by uuid anywhere, by handle or display name as a whole word. It
 * reads every item, and every attribute of it, whatever its type.
 */
public final class UserTraces {
  /** So many items are listed; the rest is counted. */
  public static final int MOST_LISTED = 100;

  private final String uuid;
  private final List<String> names;
  private final Set<String> conversations = new TreeSet<>();
  private final List<Trace> listed = new ArrayList<>();
  private long found;
  private long searched;

  /**
   * A search.
   *
   * @param names handles and display names; blank ones are left out
   */
  public UserTraces(String userUuid, Collection<String> names) {
    this.uuid = userUuid.toLowerCase(Locale.ROOT);
    this.names =
        names.stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
  }

  /**
   * An item that names the user.
   *
   * @param pk its partition key
   * @param sk its sort key
   * @param attribute the first attribute that does
   */
  public record Trace(String pk, String sk, String attribute) {}

  /** Reads the whole table; progress is told the items read so far. */
  public UserTraces search(ItemTable items, int segments, LongConsumer progress) {
    new ParallelScan(items.pages())
        .forEachPage(
            segments,
            null,
            page -> {
              page.forEach(this::look);
              progress.accept(searched);
              return true;
            });
    return this;
  }

  /** How many items were read. */
  public long searched() {
    return searched;
  }

  /** How many items name the user. */
  public long found() {
    return found;
  }

  /** The first of them. */
  public List<Trace> listed() {
    return List.copyOf(listed);
  }

  /** The conversations whose messages or rows bear the user's uuid. */
  public Set<String> conversations() {
    return Set.copyOf(conversations);
  }

  private void look(Map<String, AttributeValue> item) {
    searched++;
    String where = null;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      String text = texts(attribute.getValue()).toLowerCase(Locale.ROOT);
      if (text.contains(uuid)) {
        addConversation(item);
        where = attribute.getKey();
        break;
      } else if (where == null && names.stream().anyMatch(name -> isWord(text, name))) {
        where = attribute.getKey();
      }
    }
    if (where != null) {
      found++;
      if (listed.size() < MOST_LISTED) {
        listed.add(new Trace(Items.text(item, Keys.PK), Items.text(item, Keys.SK), where));
      }
    }
  }

  private void addConversation(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    if (Keys.isMessage(pk)) {
      conversations.add(Keys.uuid(pk));
    } else if (Keys.isConversationRow(pk)) {
      conversations.add(Items.text(item, Keys.GROUP));
    }
  }

  private static String texts(AttributeValue value) {
    if (value.s() != null) {
      return value.s();
    }
    StringBuilder all = new StringBuilder();
    value.ss().forEach(text -> all.append(text).append('\n'));
    value.l().forEach(part -> all.append(texts(part)).append('\n'));
    value.m().forEach((name, part) -> all.append(name).append('\n').append(texts(part)));
    return all.toString();
  }

  private static boolean isWord(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean begins = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
      if (begins && (end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end)))) {
        return true;
      }
    }
    return false;
  }
}

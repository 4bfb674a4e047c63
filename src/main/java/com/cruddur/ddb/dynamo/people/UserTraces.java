package com.cruddur.ddb.dynamo.people;

import com.cruddur.ddb.chat.Uuids;
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

  private static final String USER_UUID = "user_uuid";

  private final String uuid;
  private final List<String> names;
  private final Set<String> conversations = new TreeSet<>();
  private final List<Trace> listed = new ArrayList<>();
  private long found;
  private long searched;
  private long standIns;

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

  /** Whether it searches for names too. */
  public boolean knowsNames() {
    return !names.isEmpty();
  }

  /** How many items were read. */
  public long searched() {
    return searched;
  }

  /** How many items bear a stand-in for the user: an erasure has been there. */
  public long standIns() {
    return standIns;
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
    Set<String> named = new TreeSet<>(conversations);
    named.remove("");
    return named;
  }

  private void look(Map<String, AttributeValue> item) {
    searched++;
    String named = Items.text(item, USER_UUID);
    if (Uuids.isForgotten(named) && named.equals(Uuids.forgotten(uuid, conversation(item)))) {
      standIns++;
    }
    String where = null;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      String text = texts(attribute.getValue()).toLowerCase(Locale.ROOT);
      if (text.contains(uuid)) {
        conversations.add(conversation(item));
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

  /** The conversation of a message or a row; empty for another item. */
  private static String conversation(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    return Keys.isMessage(pk)
        ? Keys.uuid(pk)
        : Keys.isConversationRow(pk) ? Items.text(item, Keys.GROUP) : "";
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

package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.check.ConversationFacts.Row;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the rows of one conversation, by what is known of it. */
final class RowRules {
  private final ConversationFacts facts;
  private final String groupUuid;
  private final List<Row> rows;
  private final Set<String> senders;
  private final Instant newestAt;
  private final String newestKey;

  RowRules(ConversationFacts facts) {
    this.facts = facts;
    this.groupUuid = facts.groupUuid();
    this.rows = facts.rows();
    this.senders = facts.senders();
    this.newestAt = facts.newestAt();
    this.newestKey = facts.newestKey();
  }

  /**
   * All that is wrong with the rows.
   *
   * @param users who is called what: a row is wrong if these and the messages agree on another name
   */
  List<Finding> findings(UserDirectory users) {
    List<Finding> found = new ArrayList<>();
    if (newestAt == null) {
      // One in capitals may be of a conversation in lower case, and is told as such.
      if (facts.messages() == 0 && groupUuid.equals(groupUuid.toLowerCase(Locale.ROOT))) {
        rows.forEach(row -> found.add(of(Kind.ORPHANED, row, "no message", "delete the row")));
      }
      return found;
    }
    Map<String, List<Row>> byOwner = new LinkedHashMap<>();
    rows.forEach(row -> byOwner.computeIfAbsent(row.owner(), o -> new ArrayList<>()).add(row));
    byOwner
        .values()
        .forEach(own -> own.sort(Comparator.comparing(Row::at).thenComparing(Row::key)));
    for (List<Row> own : byOwner.values()) {
      own.subList(0, own.size() - 1)
          .forEach(
              row ->
                  found.add(of(Kind.DUPLICATE, row, "the user has a later row", "delete the row")));
      judge(own.get(own.size() - 1), found);
      judgeName(own.get(own.size() - 1), users, found);
    }
    judgeParticipants(byOwner, found);
    return found;
  }

  private void judge(Row row, List<Finding> found) {
    String move = "move the row to " + Timestamps.format(newestAt);
    if (!Timestamps.sorts(row.key())) {
      String action =
          row.at().isBefore(newestAt) ? move : "move the row to " + Timestamps.format(row.at());
      found.add(of(Kind.TIMESTAMP, row, describe(row.key()), action));
    }
    int order = row.at().compareTo(newestAt);
    if (order < 0 && !row.at().equals(Instant.MIN)) {
      found.add(of(Kind.STALE, row, "the newest message is of " + newestKey, move));
    } else if (order == 0 && row.text() != facts.newestText()) {
      found.add(
          of(Kind.WRONG_TEXT, row, "not the newest message's text", "write the message's text"));
    } else if (order > 0) {
      found.add(of(Kind.AHEAD, row, "legal; the newest message is of " + newestKey, null));
    }
  }

  /** Only an empty name, or one that the messages and the users file both contradict. */
  private void judgeName(Row row, UserDirectory users, List<Finding> found) {
    if (row.other().isEmpty() || !facts.isNamed(row)) {
      return;
    }
    long listed = users.find(row.other()).map(ConversationFacts::name).orElse(0L);
    long written = facts.writtenName(row.other());
    String action = "name the other participant as their messages do";
    if (row.name() == 0) {
      found.add(of(Kind.WRONG_NAME, row, "the other participant has no name or handle", action));
    } else if (written != 0 && written == listed && row.name() != written) {
      found.add(of(Kind.WRONG_NAME, row, "messages and users file name them otherwise", action));
    }
  }

  /** What is odd about a key. */
  static String describe(String key) {
    return Timestamps.parse(key).isEmpty()
        ? "the key is not a time"
        : "the key does not sort as its time does";
  }

  /**
   * Who takes part: whoever has a row, and whom a row names. A named user without a row who never
   * wrote is a wrong name rather than a missing row, if the real other participant can be told.
   */
  private void judgeParticipants(Map<String, List<Row>> byOwner, List<Finding> found) {
    Set<String> owners = byOwner.keySet();
    Set<String> missing = new LinkedHashSet<>();
    if (owners.isEmpty()) {
      missing.addAll(senders);
    }
    for (List<Row> own : byOwner.values()) {
      Row row = own.get(own.size() - 1);
      String expected = expectedOther(row, owners);
      if (!expected.isEmpty() && expected.equals(row.other())) {
        if (!owners.contains(expected)) {
          missing.add(expected);
        }
        continue;
      }
      boolean known = !expected.isEmpty();
      found.add(
          of(
              Kind.WRONG_PARTICIPANT,
              row,
              "names " + (row.other().isEmpty() ? "nobody" : row.other()),
              known ? "name " + expected : null));
      if (known && !owners.contains(expected)) {
        missing.add(expected);
      }
    }
    // They have no row and need none.
    missing.removeIf(Uuids::isForgotten);
    judgeSenders(owners, missing, found);
    boolean two = owners.size() + missing.size() == 2;
    for (String user : missing) {
      found.add(
          new Finding(
              Kind.MISSING,
              groupUuid,
              user,
              "",
              two
                  ? "the participant has no row"
                  : "the participant has no row; the other one cannot be told",
              two ? "create the row at " + Timestamps.format(newestAt) : null));
    }
  }

  /** Who wrote without a row, and is named by none. */
  private void judgeSenders(Set<String> owners, Set<String> missing, List<Finding> found) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(owners);
    known.addAll(missing);
    rows.forEach(row -> known.add(row.other()));
    senders.stream()
        .filter(sender -> !known.contains(sender) && !Uuids.isForgotten(sender))
        .forEach(
            sender -> {
              String detail = "legal; wrote here, has no row, and no row names them";
              found.add(new Finding(Kind.STRANGER, groupUuid, sender, "", detail, null));
            });
  }

  /** Whom a row of the owner's must name; empty when it cannot be told. */
  String expectedOther(String owner) {
    Set<String> owners = new TreeSet<>();
    rows.forEach(row -> owners.add(row.owner()));
    return rows.stream()
        .filter(row -> row.owner().equals(owner))
        .max(Comparator.comparing(Row::at).thenComparing(Row::key))
        .map(row -> expectedOther(row, owners))
        .orElse("");
  }

  /** Whom a row must name; what it names if that can be right; empty when it cannot be told. */
  private String expectedOther(Row row, Set<String> owners) {
    boolean self = row.other().isEmpty() || row.other().equals(row.owner());
    if (!self && (owners.contains(row.other()) || senders.contains(row.other()))) {
      return row.other();
    }
    Set<String> others = new TreeSet<>(owners);
    if (owners.size() < 2) {
      others.addAll(senders);
    }
    others.remove(row.owner());
    if (others.size() == 1) {
      return others.iterator().next();
    }
    return self || owners.size() > 1 ? "" : row.other();
  }

  private Finding of(Kind kind, Row row, String detail, String action) {
    return new Finding(kind, groupUuid, row.owner(), row.key(), detail, action);
  }
}

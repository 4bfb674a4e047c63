package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.check.ConversationFacts.Row;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds conversations of one user at one microsecond. Of several, the first by uuid is the one that
 * the others are told of, in whatever order they were read.
 */
final class SameMicroseconds {
  private final Map<String, String> places = new HashMap<>();

  /** Tells each that is not the first. */
  static void of(Collection<ConversationFacts> conversations, Consumer<Finding> out) {
    SameMicroseconds seen = new SameMicroseconds();
    conversations.stream()
        .filter(facts -> !facts.rows().isEmpty())
        .sorted(Comparator.comparing(ConversationFacts::groupUuid))
        .forEach(
            facts -> {
              for (Row row : facts.rows()) {
                seen.add(place(row), facts.groupUuid(), row.owner(), row.key()).ifPresent(out);
              }
            });
  }

  /** The user and the microsecond of a row. */
  static String place(Row row) {
    return row.owner() + row.at();
  }

  /** Adds a row; rows come in order of their conversations. */
  Optional<Finding> add(String place, String groupUuid, String owner, String key) {
    String other = places.putIfAbsent(place, groupUuid);
    return other == null || other.equals(groupUuid)
        ? Optional.empty()
        : Optional.of(finding(groupUuid, owner, key, other));
  }

  static Finding finding(String groupUuid, String owner, String key, String other) {
    String detail = "legal; the user's row of conversation " + other + " has the same microsecond";
    return new Finding(Kind.SAME_MICROSECOND, groupUuid, owner, key, detail, null);
  }
}

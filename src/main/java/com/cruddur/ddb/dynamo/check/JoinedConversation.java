package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Message;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation whose items were in several files of an export: what {@link ExportCheck} tells of
 * one whose items it has read itself. For one thread.
 */
public final class JoinedConversation {
  private final ConversationFacts facts;
  private final DoubledUuids uuids = new DoubledUuids();

  /** A conversation of which nothing is known yet. */
  public JoinedConversation(String groupUuid) {
    this.facts = new ConversationFacts(groupUuid);
  }

  /**
   * Where a row stands, to find others there.
   *
   * @param place the user and the microsecond
   */
  public record RowPlace(String place, String groupUuid, String userUuid, String key)
      implements Serializable {}

  /** Adds what a file told; in the order in which one machine reads the files. */
  public void add(ConversationPart part) {
    ConversationFacts later = part.read();
    if (facts.messages() > 0 && later.messages() > 0) {
      // Nobody has compared the uuids of the ones with those of the others.
      facts.items().suspectTwins();
    }
    facts.add(later);
  }

  /** What is wrong, as of a moment, but for what needs a second reading or other conversations. */
  public List<Finding> findings(Instant now) {
    List<Finding> found = new ArrayList<>(facts.findings());
    found.addAll(facts.ofItems(now));
    return found;
  }

  /** Whether a message uuid may be there twice: then its messages want to be compared. */
  public boolean suspectsTwins() {
    return facts.items().mayHaveTwins();
  }

  /** Looks at a message in a second reading, in the order of the first. */
  public void compareUuid(Message message) {
    uuids.add(message);
  }

  /** The messages whose uuid another one of the conversation has, once all were compared. */
  public List<Finding> twins() {
    List<Finding> found = new ArrayList<>();
    try (uuids) {
      uuids.forEach(found::add);
    }
    return found;
  }

  /** Its rows, for {@link #sameMicrosecond}. */
  public List<RowPlace> rows() {
    return facts.rows().stream()
        .map(
            row ->
                new RowPlace(
                    SameMicroseconds.place(row), facts.groupUuid(), row.owner(), row.key()))
        .toList();
  }

  /** What is to be told of all rows that stand at one place. */
  public static List<Finding> sameMicrosecond(Iterable<RowPlace> rows) {
    List<Finding> found = new ArrayList<>();
    try (SameMicroseconds seen = new SameMicroseconds()) {
      rows.forEach(seen::add);
      seen.forEach(found::add);
    }
    return found;
  }
}

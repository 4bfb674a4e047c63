package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds in the items of an export what {@link Check} finds in a table. Nothing is read again, so
 * that of an export that was made while others wrote some findings are of that moment only. What is
 * kept in memory grows with conversations, not with messages. For one thread.
 */
public final class ExportCheck {
  private final Map<String, ConversationFacts> conversations = new HashMap<>();
  private final UuidFilter uuids = new UuidFilter();
  private final Consumer<Checked> out;
  private final long[] counts = new long[3];

  /**
   * A check.
   *
   * @param out told each finding
   */
  public ExportCheck(Consumer<Checked> out) {
    this.out = out;
  }

  /** Looks at an item; their order does not matter. */
  public void add(Map<String, AttributeValue> item) {
    // Doubled uuids are only suspected here: compareUuid tells them for sure.
    int kind = Check.collect(item, conversations, uuids, out);
    counts[kind]++;
    if (kind == 0) {
      Check.judgeKey(Items.message(item), null, out);
    }
  }

  /** Whether a message uuid may stand twice: then every item wants to be compared. */
  public boolean suspectsTwins() {
    return conversations.values().stream().anyMatch(facts -> facts.items().mayHaveTwins());
  }

  /** Looks for doubled message uuids in a second reading, once all items were looked at. */
  public void compareUuid(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    ConversationFacts facts = Keys.isMessage(pk) ? conversations.get(Keys.uuid(pk)) : null;
    if (facts != null && facts.items().mayHaveTwins()) {
      facts.items().compareUuid(Items.message(item));
    }
  }

  /** Tells what is wrong with the rows, once all items were looked at. */
  public Summary end() {
    Instant now = Instant.now();
    for (ConversationFacts facts : conversations.values()) {
      facts.items().twins().forEach(this::tell);
      facts.findings().forEach(this::tell);
      facts.ofItems(now).forEach(this::tell);
    }
    SameMicroseconds.of(conversations.values(), this::tell);
    return summary();
  }

  private void tell(Finding finding) {
    out.accept(new Checked(finding, null));
  }

  /** What was looked at so far. */
  public Summary summary() {
    return new Summary(counts[0], counts[1], conversations.size(), counts[2]);
  }

  /**
   * What the items told of each conversation, to be joined with what those of other files of the
   * export did, instead of {@link #end}.
   */
  public Stream<ConversationPart> parts() {
    return conversations.values().stream().map(ConversationPart::of);
  }
}

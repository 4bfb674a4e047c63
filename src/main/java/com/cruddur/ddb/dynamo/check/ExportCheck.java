package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import java.io.Closeable;
import java.time.Instant;
import java.util.BitSet;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds in the items of an export what {@link Check} finds in a table. Nothing is read again, so
 * that of an export that was made while others wrote some findings are of that moment only. Memory
 * does not grow with what is read. For one thread.
 */
public final class ExportCheck implements Closeable {
  /** Bits by which conversations with doubled uuids are told from others, nearly. */
  private static final int SUSPECT_BITS = 1 << 23;

  private final FactsByConversation conversations;
  private final DoubledUuids uuids;
  private final SameMicroseconds rows;
  private final Consumer<Checked> out;
  private final long[] counts = new long[3];
  private BitSet suspects;

  /**
   * A check.
   *
   * @param out told each finding
   */
  public ExportCheck(Consumer<Checked> out) {
    this(out, FactsByConversation.MEMORY);
  }

  ExportCheck(Consumer<Checked> out, long memory) {
    this.out = out;
    conversations = new FactsByConversation(memory);
    uuids = new DoubledUuids(memory);
    rows = new SameMicroseconds(memory);
  }

  /** Looks at an item; their order does not matter. */
  public void add(Map<String, AttributeValue> item) {
    int kind = Check.collect(item, conversations, out);
    counts[kind]++;
    if (kind == 0) {
      Check.judgeKey(Items.message(item), null, out);
    }
  }

  /**
   * Whether a message uuid stands twice, once all items were looked at: then every item wants to be
   * compared.
   */
  public boolean suspectsTwins() {
    if (suspects == null) {
      suspects = new BitSet(SUSPECT_BITS);
      for (ConversationFacts facts : conversations) {
        if (facts.items().mayHaveTwins()) {
          suspects.set(bit(facts.groupUuid()));
        }
      }
    }
    return !suspects.isEmpty();
  }

  private static int bit(String groupUuid) {
    return (int) UuidHashes.hash(groupUuid, "") & (SUSPECT_BITS - 1);
  }

  /** Looks for doubled message uuids in a second reading, once all items were looked at. */
  public void compareUuid(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    if (Keys.isMessage(pk) && suspectsTwins() && suspects.get(bit(Keys.uuid(pk)))) {
      uuids.add(Items.message(item));
    }
  }

  /** Tells what is wrong with the conversations, once all items were looked at. */
  public Summary end() {
    Instant now = Instant.now();
    uuids.forEach(this::tell);
    long judged = 0;
    for (ConversationFacts facts : conversations) {
      facts.findings().forEach(this::tell);
      facts.ofItems(now).forEach(this::tell);
      rows.add(facts);
      judged++;
    }
    rows.forEach(this::tell);
    return new Summary(counts[0], counts[1], judged, counts[2]);
  }

  private void tell(Finding finding) {
    out.accept(new Checked(finding, null));
  }

  /** What was looked at so far; of how many conversations {@link #end} knows. */
  public Summary summary() {
    return new Summary(counts[0], counts[1], 0, counts[2]);
  }

  /**
   * What the items told of each conversation, to be joined with what those of other files of the
   * export did, instead of {@link #end}.
   */
  public Stream<ConversationPart> parts() {
    return StreamSupport.stream(conversations.spliterator(), false).map(ConversationPart::of);
  }

  @Override
  public void close() {
    conversations.close();
    uuids.close();
    rows.close();
  }
}

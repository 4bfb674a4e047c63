package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.file.RunData;
import com.cruddur.ddb.file.SortedRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What must be known of each conversation, in memory that does not grow with their number: what was
 * learnt so far goes to disk when it takes too much, and is joined, sorted by conversation, when it
 * is read. For one thread.
 */
final class FactsByConversation implements Iterable<ConversationFacts>, Closeable {
  /** Held in bytes, before they go to disk. */
  static final long MEMORY = 64L << 20;

  /** Of the heap, at most. */
  private static final int SHARE = 8;

  private final long memory;
  private final SortedRuns runs;
  private final Map<String, ConversationFacts> held = new HashMap<>();
  private long bytes;

  /**
   * Nothing is known yet.
   *
   * @param memory how many bytes are held at most; less where the heap is small
   */
  FactsByConversation(long memory) {
    this.memory = Math.min(memory, Runtime.getRuntime().maxMemory() / SHARE);
    this.runs = new SortedRuns(memory);
  }

  void add(Message message, Map<String, AttributeValue> item) {
    ConversationFacts facts = facts(message.groupUuid());
    long before = facts.bytes();
    facts.add(message);
    facts.items().judge(item);
    if (!message.uuid().isEmpty()) {
      facts.uuids().add(UuidHashes.hash(message.groupUuid(), message.uuid()));
    }
    bytes += facts.bytes() - before;
    if (facts.uuids().isFull()) {
      held.remove(facts.groupUuid());
      bytes -= facts.bytes();
      write(facts);
    }
    writeIfFull();
  }

  void add(ConversationRow row, Map<String, AttributeValue> item) {
    ConversationFacts facts = facts(row.groupUuid());
    long before = facts.bytes();
    facts.add(row);
    facts.items().judge(item);
    bytes += facts.bytes() - before;
    writeIfFull();
  }

  private ConversationFacts facts(String groupUuid) {
    ConversationFacts known = held.get(groupUuid);
    if (known == null) {
      known = new ConversationFacts(groupUuid);
      held.put(groupUuid, known);
      bytes += known.bytes();
    }
    return known;
  }

  private void writeIfFull() {
    if (bytes > memory) {
      writeAll();
    }
  }

  private void writeAll() {
    held.values().forEach(this::write);
    held.clear();
    bytes = 0;
  }

  private void write(ConversationFacts facts) {
    ByteArrayOutputStream part = new ByteArrayOutputStream(512);
    DataOutputStream out = new DataOutputStream(part);
    try {
      RunData.write(out, facts.groupUuid());
      facts.write(out);
      facts.uuids().write(out);
      runs.add(SortedRuns.key(facts.groupUuid()), part.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConversationFacts read(SortedRuns.Entry entry) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry.value()));
    ConversationFacts facts = new ConversationFacts(RunData.text(in));
    facts.read(in);
    facts.uuids().read(in);
    return facts;
  }

  /** Each conversation once, in order of their uuids; nothing is to be added meanwhile. */
  @Override
  public Iterator<ConversationFacts> iterator() {
    writeAll();
    try {
      return new Joined(runs.sorted());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Joined implements Iterator<ConversationFacts> {
    private final SortedRuns.Cursor sorted;
    private ConversationFacts ahead;

    Joined(SortedRuns.Cursor sorted) throws IOException {
      this.sorted = sorted;
      this.ahead = part();
    }

    private ConversationFacts part() throws IOException {
      SortedRuns.Entry next = sorted.next();
      return next == null ? null : read(next);
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public ConversationFacts next() {
      ConversationFacts facts = ahead;
      if (facts == null) {
        throw new NoSuchElementException();
      }
      try {
        ahead = part();
        while (ahead != null && ahead.groupUuid().equals(facts.groupUuid())) {
          facts.add(ahead);
          facts.uuids().add(ahead.uuids());
          ahead = part();
        }
        if (facts.uuids().doubled()) {
          facts.items().suspectTwins();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return facts;
    }
  }

  @Override
  public void close() {
    held.clear();
    try {
      runs.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

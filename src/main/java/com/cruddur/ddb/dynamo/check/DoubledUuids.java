package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.cruddur.ddb.file.RunData;
import com.cruddur.ddb.file.SortedRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Messages whose uuid an earlier one of their conversation has, found for sure, in bounded memory.
 * For one thread at a time.
 */
final class DoubledUuids implements Closeable {
  /** Held in bytes, before messages go to disk. */
  private static final long MEMORY = 16L << 20;

  /** Of one conversation: whoever has more is told of the first. */
  private static final int MOST = 100;

  private final SortedRuns messages;
  private long number;

  DoubledUuids() {
    this(MEMORY);
  }

  DoubledUuids(long memory) {
    messages = new SortedRuns(memory);
  }

  /** A message, and how many were read before. */
  private record Read(long number, String groupUuid, String key, String uuid) {
    Finding finding() {
      String detail = "another message of the conversation has the uuid " + uuid;
      return new Finding(Kind.DOUBLED_UUID, groupUuid, "", key, detail, null);
    }
  }

  /** Takes a message; those of a conversation come in the order of reading. */
  void add(Message message) {
    if (message.uuid().isEmpty()) {
      return;
    }
    String group = message.groupUuid();
    byte[] hash = new byte[Long.BYTES];
    ByteBuffer.wrap(hash).putLong(UuidHashes.hash(group, message.uuid()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeLong(number++);
      RunData.write(out, group);
      RunData.write(out, message.createdAt());
      RunData.write(out, message.uuid());
      messages.add(SortedRuns.key(group, hash), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells each, conversation by conversation, in order of reading, once all were added. */
  void forEach(Consumer<Finding> out) {
    PriorityQueue<Read> twins = new PriorityQueue<>(Comparator.comparing(Read::number).reversed());
    try {
      SortedRuns.Cursor sorted = messages.sorted();
      byte[] last = null;
      for (var entry = sorted.next(); entry != null; entry = sorted.next()) {
        if (last != null && Arrays.equals(last, entry.key())) {
          Read twin = read(entry.value());
          if (!twins.isEmpty() && !twins.peek().groupUuid.equals(twin.groupUuid)) {
            tell(twins, out);
          }
          twins.add(twin);
          if (twins.size() > MOST) {
            twins.poll();
          }
        }
        last = entry.key();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tell(twins, out);
  }

  private static void tell(PriorityQueue<Read> twins, Consumer<Finding> out) {
    List<Read> found = new ArrayList<>(twins);
    twins.clear();
    found.sort(Comparator.comparing(Read::number));
    found.forEach(twin -> out.accept(twin.finding()));
  }

  private static Read read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new Read(in.readLong(), RunData.text(in), RunData.text(in), RunData.text(in));
  }

  @Override
  public void close() {
    try {
      messages.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

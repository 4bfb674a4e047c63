package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.check.ConversationFacts.Row;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.cruddur.ddb.dynamo.check.JoinedConversation.RowPlace;
import com.cruddur.ddb.file.RunData;
import com.cruddur.ddb.file.SortedRuns;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds conversations of one user at one microsecond, in bounded memory. Of several, the first by
 * uuid is the one that the others are told of, in whatever order they were read. For one thread.
 */
final class SameMicroseconds implements Closeable {
  /** Held in bytes, before rows go to disk. */
  private static final long MEMORY = 16L << 20;

  private final SortedRuns rows;

  SameMicroseconds() {
    this(MEMORY);
  }

  SameMicroseconds(long memory) {
    rows = new SortedRuns(memory);
  }

  /** The user and the microsecond of a row. */
  static String place(Row row) {
    return row.owner() + row.at();
  }

  /** Adds the rows of a conversation. */
  void add(ConversationFacts facts) {
    for (Row row : facts.rows()) {
      add(new RowPlace(place(row), facts.groupUuid(), row.owner(), row.key()));
    }
  }

  void add(RowPlace row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(192);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      RunData.write(out, row.place());
      RunData.write(out, row.groupUuid());
      RunData.write(out, row.userUuid());
      RunData.write(out, row.key());
      byte[] group = row.groupUuid().getBytes(StandardCharsets.UTF_8);
      rows.add(SortedRuns.key(row.place(), group), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells each that is not the first, user by user, once all were added. */
  void forEach(Consumer<Finding> out) {
    try {
      SortedRuns.Cursor sorted = rows.sorted();
      RowPlace first = null;
      for (var entry = sorted.next(); entry != null; entry = sorted.next()) {
        RowPlace row = read(entry.value());
        if (first == null || !row.place().equals(first.place())) {
          first = row;
        } else if (!row.groupUuid().equals(first.groupUuid())) {
          out.accept(finding(row.groupUuid(), row.userUuid(), row.key(), first.groupUuid()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RowPlace read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return new RowPlace(RunData.text(in), RunData.text(in), RunData.text(in), RunData.text(in));
  }

  static Finding finding(String groupUuid, String owner, String key, String other) {
    String detail = "legal; the user's row of conversation " + other + " has the same microsecond";
    return new Finding(Kind.SAME_MICROSECOND, groupUuid, owner, key, detail, null);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

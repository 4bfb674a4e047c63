package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.storage.Changes.Change;
import com.cruddur.ddb.engine.storage.Changes.Kind;
import java.nio.ByteBuffer;

/** Changes as the bytes of one entry of the log. */
final class ChangeCodec {
  private static final int HEAD = 1 + 3 * Integer.BYTES;
  private static final Kind[] KINDS = Kind.values();

  private ChangeCodec() {}

  static byte[] encode(Changes changes) {
    int size = 0;
    for (Change change : changes.list()) {
      size += HEAD + change.key().length + change.value().length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    for (Change change : changes.list()) {
      buffer.put((byte) change.kind().ordinal()).putInt(change.target());
      buffer.putInt(change.key().length).put(change.key());
      buffer.putInt(change.value().length).put(change.value());
    }
    return buffer.array();
  }

  static Changes decode(byte[] bytes) {
    Changes changes = new Changes();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      Kind kind = KINDS[buffer.get()];
      int target = buffer.getInt();
      byte[] key = new byte[buffer.getInt()];
      buffer.get(key);
      byte[] value = new byte[buffer.getInt()];
      buffer.get(value);
      changes.add(new Change(kind, target, key, value));
    }
    return changes;
  }
}

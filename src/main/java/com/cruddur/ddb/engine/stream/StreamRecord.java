package com.cruddur.ddb.engine.stream;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import java.nio.ByteBuffer;

/**
 * A change of an item.
 *
 * @param moment epoch milliseconds
 * @param byService whether time to live removed the item
 * @param oldImage null where the stream keeps none
 * @param newImage null where the stream keeps none
 */
public record StreamRecord(
    Event event, long moment, boolean byService, Item keys, Item oldImage, Item newImage) {

  /** What happened. */
  public enum Event {
    INSERT,
    MODIFY,
    REMOVE
  }

  private static final int HEAD = 2 + Long.BYTES + 3 * Integer.BYTES;

  /** AWS's size of the record. */
  public int size() {
    return keys.size()
        + (oldImage == null ? 0 : oldImage.size())
        + (newImage == null ? 0 : newImage.size());
  }

  byte[] bytes() {
    byte[] keyBytes = ItemBytes.encode(keys);
    byte[] oldBytes = oldImage == null ? null : ItemBytes.encode(oldImage);
    byte[] newBytes = newImage == null ? null : ItemBytes.encode(newImage);
    ByteBuffer buffer =
        ByteBuffer.allocate(HEAD + keyBytes.length + length(oldBytes) + length(newBytes));
    buffer.put((byte) event.ordinal()).put((byte) (byService ? 1 : 0)).putLong(moment);
    put(buffer, keyBytes);
    put(buffer, oldBytes);
    put(buffer, newBytes);
    return buffer.array();
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static void put(ByteBuffer buffer, byte[] bytes) {
    buffer.putInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      buffer.put(bytes);
    }
  }

  static StreamRecord of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Event event = Event.values()[buffer.get()];
    boolean byService = buffer.get() == 1;
    return new StreamRecord(
        event, buffer.getLong(), byService, item(buffer), item(buffer), item(buffer));
  }

  /** The moment of a record that is not read otherwise. */
  static long moment(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong(2);
  }

  private static Item item(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return ItemBytes.stored(bytes);
  }
}

package com.cruddur.ddb.engine.stream;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

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
  private static final int BY_SERVICE = 1;

  /** Of the keys only the names are there: their values stand in the image too. */
  private static final int NAMES_OF_KEYS = 2;

  private static final AttributeValue NOTHING = new AttributeValue.Null();

  /** AWS's size of the record. */
  public int size() {
    return keys.size()
        + (oldImage == null ? 0 : oldImage.size())
        + (newImage == null ? 0 : newImage.size());
  }

  private Item image() {
    return newImage == null ? oldImage : newImage;
  }

  byte[] bytes() {
    boolean names = image() != null;
    byte[] keyBytes = ItemBytes.encode(names ? names(keys) : keys);
    byte[] oldBytes = oldImage == null ? null : ItemBytes.encode(oldImage);
    byte[] newBytes = newImage == null ? null : ItemBytes.encode(newImage);
    ByteBuffer buffer =
        ByteBuffer.allocate(HEAD + keyBytes.length + length(oldBytes) + length(newBytes));
    int flags = (byService ? BY_SERVICE : 0) | (names ? NAMES_OF_KEYS : 0);
    buffer.put((byte) event.ordinal()).put((byte) flags).putLong(moment);
    put(buffer, keyBytes);
    put(buffer, oldBytes);
    put(buffer, newBytes);
    return buffer.array();
  }

  private static Item names(Item keys) {
    Map<String, AttributeValue> names = new LinkedHashMap<>();
    keys.attributes().keySet().forEach(name -> names.put(name, NOTHING));
    return Item.of(names);
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
    int flags = buffer.get();
    StreamRecord record =
        new StreamRecord(
            event,
            buffer.getLong(),
            (flags & BY_SERVICE) != 0,
            item(buffer),
            item(buffer),
            item(buffer));
    return (flags & NAMES_OF_KEYS) == 0 ? record : record.withKeys();
  }

  private StreamRecord withKeys() {
    Item values = image().only(keys.attributes().keySet());
    return new StreamRecord(event, moment, byService, values, oldImage, newImage);
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

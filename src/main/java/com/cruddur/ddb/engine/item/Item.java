package com.cruddur.ddb.engine.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An item: names and values. Immutable; its size is counted once. */
public final class Item {

  /** Bytes that an item may have at most, its names counted. */
  public static final int MAX_SIZE = 400 * 1024;

  private static final int MAX_NAME = 65_535;

  /** An item without attributes. */
  public static final Item EMPTY = of(Map.of());

  /** Null until somebody looks into an item that came from the store. */
  private volatile Map<String, AttributeValue> attributes;

  /** What it came from or was encoded to, among other bytes; null for one that never was. */
  private volatile byte[] stored;

  private int from;
  private int to;
  private int size = -1;

  private Item(Map<String, AttributeValue> attributes, byte[] stored, int from, int to) {
    this.attributes = attributes;
    this.stored = stored;
    this.from = from;
    this.to = to;
  }

  /** Refuses a name of an attribute, at whatever depth, that is longer than AWS stores. */
  public static void checkName(String name) {
    if (name.length() > MAX_NAME / 3 && name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      throw EngineException.validation(
          "1 validation error detected: Attribute name is too large, must be less than 65536"
              + " bytes");
    }
  }

  /** The item that {@link ItemBytes#encode} wrote, which stands somewhere in these bytes. */
  static Item stored(byte[] bytes, int from, int length) {
    return new Item(null, bytes, from, from + length);
  }

  /** What {@link ItemBytes#encode} made of it: several keep it. */
  void keep(byte[] bytes) {
    from = 0;
    to = bytes.length;
    stored = bytes;
  }

  /** Its bytes; null if it has none yet. */
  byte[] stored() {
    return stored == null || from == 0 && to == stored.length
        ? stored
        : Arrays.copyOfRange(stored, from, to);
  }

  /** The item in its bytes; null if it has none yet. */
  StoredItem inBytes() {
    return stored == null ? null : new StoredItem(stored, from);
  }

  /** An item over a map that nobody changes any more. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(Collections.unmodifiableMap(attributes), null, 0, 0);
  }

  /** The attribute's value, or null where the item has none of that name. */
  public AttributeValue get(String name) {
    return attributes().get(name);
  }

  /** The attributes, which cannot be changed. */
  public Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> decoded = attributes;
    if (decoded == null) {
      decoded = Collections.unmodifiableMap(ItemBytes.attributes(stored, from));
      attributes = decoded;
    }
    return decoded;
  }

  /** Bytes of names and values by AWS's rule. */
  public int size() {
    if (size < 0) {
      size = stored == null ? AttributeValue.sizeOf(attributes) : inBytes().size();
    }
    return size;
  }

  /** This item with one attribute set. */
  public Item with(String name, AttributeValue value) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>(attributes());
    copy.put(name, value);
    return of(copy);
  }

  /** This item without one attribute. */
  public Item without(String name) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>(attributes());
    copy.remove(name);
    return of(copy);
  }

  /** This item with those of the named attributes that it has. */
  public Item only(Collection<String> names) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>();
    for (String name : names) {
      AttributeValue value = attributes().get(name);
      if (value != null) {
        copy.put(name, value);
      }
    }
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item item
        && (stored != null
                && item.stored != null
                && Arrays.equals(stored, from, to, item.stored, item.from, item.to)
            || attributes().equals(item.attributes()));
  }

  @Override
  public int hashCode() {
    return attributes().hashCode();
  }

  @Override
  public String toString() {
    return attributes().toString();
  }
}

package com.cruddur.ddb.engine.item;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An item: names and values. Immutable; its size is counted once. */
public final class Item {

  /** Bytes that an item may have at most, its names counted. */
  public static final int MAX_SIZE = 400 * 1024;

  /** An item without attributes. */
  public static final Item EMPTY = new Item(Map.of());

  private final Map<String, AttributeValue> attributes;
  private int size = -1;

  private Item(Map<String, AttributeValue> attributes) {
    this.attributes = attributes;
  }

  /** An item over a map that nobody changes any more. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(Collections.unmodifiableMap(attributes));
  }

  /** The attribute's value, or null where the item has none of that name. */
  public AttributeValue get(String name) {
    return attributes.get(name);
  }

  /** The attributes, which cannot be changed. */
  public Map<String, AttributeValue> attributes() {
    return attributes;
  }

  /** Bytes of names and values by AWS's rule. */
  public int size() {
    if (size < 0) {
      size = AttributeValue.sizeOf(attributes);
    }
    return size;
  }

  /** This item with one attribute set. */
  public Item with(String name, AttributeValue value) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
    copy.put(name, value);
    return of(copy);
  }

  /** This item without one attribute. */
  public Item without(String name) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
    copy.remove(name);
    return of(copy);
  }

  /** This item with those of the named attributes that it has. */
  public Item only(Collection<String> names) {
    Map<String, AttributeValue> copy = new LinkedHashMap<>();
    for (String name : names) {
      AttributeValue value = attributes.get(name);
      if (value != null) {
        copy.put(name, value);
      }
    }
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item item && attributes.equals(item.attributes);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }

  @Override
  public String toString() {
    return attributes.toString();
  }
}

package com.cruddur.ddb.engine.item;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A value of one of DynamoDB's ten types. Immutable, and equal by value as AWS compares values. */
public sealed interface AttributeValue {

  /** Deepest nesting of lists and maps that an item may have. */
  int MAX_DEPTH = 32;

  /** The type's name on the wire: S, N, B, BOOL, NULL, SS, NS, BS, L or M. */
  String type();

  /** What the value counts towards an item's size, in bytes, by AWS's rule. */
  int size();

  /** How many lists and maps stand in each other here, at most. */
  default int depth() {
    return 0;
  }

  private static int within(Collection<AttributeValue> values) {
    return 1 + values.stream().mapToInt(AttributeValue::depth).max().orElse(0);
  }

  /** A string. */
  record S(String value) implements AttributeValue {
    @Override
    public String type() {
      return "S";
    }

    @Override
    public int size() {
      return utf8Length(value);
    }
  }

  /** A number, kept in its canonical text; the constructor refuses what is not a number. */
  record N(String text) implements AttributeValue {
    public N {
      text = Decimal.canonical(text);
    }

    /** The number itself, for comparing and reckoning. */
    public Decimal decimal() {
      return Decimal.parse(text);
    }

    @Override
    public String type() {
      return "N";
    }

    @Override
    public int size() {
      return decimal().size();
    }
  }

  /** Bytes, which nobody changes after they were handed in. */
  record B(byte[] bytes) implements AttributeValue, Comparable<B> {
    @Override
    public String type() {
      return "B";
    }

    @Override
    public int size() {
      return bytes.length;
    }

    @Override
    public int compareTo(B other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof B b && Arrays.equals(bytes, b.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  /** True or false. */
  record Bool(boolean value) implements AttributeValue {
    @Override
    public String type() {
      return "BOOL";
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** The null value, which is there, unlike an attribute that is missing. */
  record Null() implements AttributeValue {
    @Override
    public String type() {
      return "NULL";
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** A set: kept in order, so that equal sets are equal lists. */
  sealed interface SetValue extends AttributeValue {
    /** The members as values of their own, in order. */
    List<? extends AttributeValue> members();

    /** The type's name of one member: S, N or B. */
    default String memberType() {
      return type().substring(0, 1);
    }

    @Override
    default int size() {
      return sizeOf(members());
    }

    /** A set of the same type with these members, which must be of the member type. */
    static SetValue of(String type, Iterable<? extends AttributeValue> members) {
      List<AttributeValue> list = new ArrayList<>();
      members.forEach(list::add);
      return switch (type) {
        case "SS" -> new Ss(list.stream().map(S.class::cast).toList());
        case "NS" -> new Ns(list.stream().map(N.class::cast).toList());
        default -> new Bs(list.stream().map(B.class::cast).toList());
      };
    }
  }

  /** A set of strings. */
  record Ss(List<S> members) implements SetValue {
    public Ss {
      members = sorted(members, AttributeOrder::compare);
    }

    @Override
    public String type() {
      return "SS";
    }
  }

  /** A set of numbers. */
  record Ns(List<N> members) implements SetValue {
    public Ns {
      members = sorted(members, AttributeOrder::compare);
    }

    @Override
    public String type() {
      return "NS";
    }
  }

  /** A set of binaries. */
  record Bs(List<B> members) implements SetValue {
    public Bs {
      members = sorted(members, Comparator.naturalOrder());
    }

    @Override
    public String type() {
      return "BS";
    }
  }

  /** A list of values of any types. */
  record L(List<AttributeValue> elements) implements AttributeValue {
    @Override
    public String type() {
      return "L";
    }

    @Override
    public int size() {
      return 3 + elements.size() + sizeOf(elements);
    }

    @Override
    public int depth() {
      return within(elements);
    }
  }

  /** A map of names to values of any types. */
  record M(Map<String, AttributeValue> entries) implements AttributeValue {
    @Override
    public String type() {
      return "M";
    }

    @Override
    public int depth() {
      return within(entries.values());
    }

    @Override
    public int size() {
      return 3 + entries.size() + sizeOf(entries);
    }
  }

  /** Bytes of names and values together. */
  static int sizeOf(Map<String, AttributeValue> attributes) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> entry : attributes.entrySet()) {
      size += utf8Length(entry.getKey()) + entry.getValue().size();
    }
    return size;
  }

  private static int sizeOf(List<? extends AttributeValue> values) {
    int size = 0;
    for (AttributeValue value : values) {
      size += value.size();
    }
    return size;
  }

  private static <T> List<T> sorted(List<T> members, Comparator<? super T> order) {
    List<T> list = new ArrayList<>(members);
    list.sort(order);
    return List.copyOf(list);
  }

  /** Bytes of a text in UTF-8, counted without writing them. */
  static int utf8Length(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // The two halves of a surrogate pair make four bytes together.
        length += Character.isSurrogate(c) ? 1 : 2;
      } else if (c >= 0x80) {
        length++;
      }
    }
    return length;
  }
}

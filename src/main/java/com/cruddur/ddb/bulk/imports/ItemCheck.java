package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.Printable;
import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.dynamo.ItemSize;
import com.cruddur.ddb.dynamo.Keys;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds what DynamoDB would refuse about an item of this table, before it fails a whole batch.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">the
 *     limits</a>
 */
final class ItemCheck {
  private static final int LONGEST_PK = 2048;
  private static final int LONGEST_SK = 1024;
  private static final int MOST_DIGITS = 38;
  private static final int DEEPEST = 32;
  private static final String HALF = " holds half of a surrogate pair";
  private static final BigDecimal LARGEST_NUMBER =
      new BigDecimal("9.9999999999999999999999999999999999999E+125");
  private static final BigDecimal SMALLEST_NUMBER = new BigDecimal("1E-130");

  private ItemCheck() {}

  /** What is wrong with an item; empty when nothing is. */
  static Optional<String> problem(Map<String, AttributeValue> item) {
    return key(item, Keys.PK, LONGEST_PK, true)
        .or(() -> key(item, Keys.SK, LONGEST_SK, true))
        .or(() -> key(item, Keys.GROUP, LONGEST_PK, false))
        .or(() -> size(item))
        .or(() -> values(item, 1));
  }

  private static Optional<String> key(
      Map<String, AttributeValue> item, String name, int longest, boolean required) {
    AttributeValue value = item.get(name);
    if (value == null) {
      return required
          ? Optional.of("key " + name + " is missing; it is not an item of this table")
          : Optional.empty();
    } else if (value.s() == null) {
      return Optional.of("key " + name + " is of type " + value.type() + ", not S");
    } else if (value.s().isEmpty()) {
      return Optional.of("key " + name + " is empty");
    }
    int length = ItemSize.utf8(value.s());
    return length > longest
        ? Optional.of("key " + name + " has " + length + " bytes, the limit is " + longest)
        : Optional.empty();
  }

  private static Optional<String> size(Map<String, AttributeValue> item) {
    long size = ItemSize.of(item);
    return size > ItemSize.MOST
        ? Optional.of("the item has " + size + " bytes, the limit is " + ItemSize.MOST)
        : Optional.empty();
  }

  private static Optional<String> values(Map<String, AttributeValue> values, int depth) {
    for (Map.Entry<String, AttributeValue> value : values.entrySet()) {
      Optional<String> problem = value(value.getKey(), value.getValue(), depth);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> value(String name, AttributeValue value, int depth) {
    if (MessageText.hasLoneSurrogate(name)) {
      return Optional.of("the name of attribute " + Printable.name(name) + HALF);
    }
    if (depth > DEEPEST + 1) {
      return Optional.of("attribute " + name + " is nested deeper than " + DEEPEST);
    }
    return switch (value.type()) {
      case N -> numbers(name, List.of(value.n()));
      case NS -> set(name, value.ns()).or(() -> numbers(name, value.ns()));
      case S -> text(name, List.of(value.s()));
      case SS -> set(name, value.ss()).or(() -> text(name, value.ss()));
      case BS -> set(name, value.bs());
      case M -> values(value.m(), depth + 1);
      case L ->
          value.l().stream()
              .map(v -> value(name, v, depth + 1))
              .flatMap(Optional::stream)
              .findFirst();
      case NUL ->
          value.nul()
              ? Optional.empty()
              : Optional.of("attribute " + name + " is {\"NULL\":false}");
      default -> Optional.empty();
    };
  }

  private static Optional<String> text(String name, List<String> texts) {
    return texts.stream().anyMatch(MessageText::hasLoneSurrogate)
        ? Optional.of("attribute " + name + HALF)
        : Optional.empty();
  }

  private static Optional<String> set(String name, List<?> elements) {
    if (elements.isEmpty()) {
      return Optional.of("set " + name + " is empty");
    }
    boolean twice = new HashSet<>(elements).size() < elements.size();
    return twice ? Optional.of("set " + name + " holds a value twice") : Optional.empty();
  }

  private static Optional<String> numbers(String name, List<String> numbers) {
    for (String number : numbers) {
      if (!isNumber(number)) {
        return Optional.of(
            "attribute " + name + " is not a number that DynamoDB can hold: " + number);
      }
    }
    return Optional.empty();
  }

  private static boolean isNumber(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip()).stripTrailingZeros();
      BigDecimal size = number.abs();
      return number.signum() == 0
          || (number.precision() <= MOST_DIGITS
              && size.compareTo(LARGEST_NUMBER) <= 0
              && size.compareTo(SMALLEST_NUMBER) >= 0);
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeOrder;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.Item;
import java.util.Arrays;
import java.util.List;

/** A condition that an item meets or does not. */
public sealed interface Condition {

  /** Whether the item meets the condition. */
  boolean test(Item item);

  /** Both conditions. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean test(Item item) {
      return left.test(item) && right.test(item);
    }
  }

  /** One of the conditions or both. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean test(Item item) {
      return left.test(item) || right.test(item);
    }
  }

  /** Not the condition. */
  record Not(Condition condition) implements Condition {
    @Override
    public boolean test(Item item) {
      return !condition.test(item);
    }
  }

  /** {@code left op right}; values of different types are unequal and in no order. */
  record Compare(String operator, Operand left, Operand right) implements Condition {
    @Override
    public boolean test(Item item) {
      AttributeValue a = left.value(item);
      AttributeValue b = right.value(item);
      if (operator.equals("=")) {
        return a != null && a.equals(b);
      } else if (operator.equals("<>")) {
        return a == null || !a.equals(b);
      }
      return isOrdered(operator, a, b);
    }

    static boolean isOrdered(String operator, AttributeValue a, AttributeValue b) {
      if (a == null || b == null || !AttributeOrder.isOrdered(a) || !a.type().equals(b.type())) {
        return false;
      }
      int order = AttributeOrder.compare(a, b);
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** {@code value BETWEEN low AND high}, both included. */
  record Between(Operand operand, Operand low, Operand high) implements Condition {
    @Override
    public boolean test(Item item) {
      AttributeValue value = operand.value(item);
      return Compare.isOrdered(">=", value, low.value(item))
          && Compare.isOrdered("<=", value, high.value(item));
    }
  }

  /** {@code value IN (…)}. */
  record In(Operand operand, List<Operand> choices) implements Condition {
    @Override
    public boolean test(Item item) {
      AttributeValue value = operand.value(item);
      return value != null && choices.stream().anyMatch(choice -> value.equals(choice.value(item)));
    }
  }

  /** A function that is a condition by itself. */
  record Function(String name, List<Operand> arguments) implements Condition {
    @Override
    public boolean test(Item item) {
      AttributeValue first = arguments.get(0).value(item);
      return switch (name) {
        case "attribute_exists" -> first != null;
        case "attribute_not_exists" -> first == null;
        case "attribute_type" ->
            first != null
                && arguments.get(1).value(item) instanceof S type
                && first.type().equals(type.value());
        case "begins_with" -> beginsWith(first, arguments.get(1).value(item));
        default -> contains(first, arguments.get(1).value(item));
      };
    }

    private static boolean beginsWith(AttributeValue value, AttributeValue start) {
      if (value instanceof S s && start instanceof S t) {
        return s.value().startsWith(t.value());
      }
      return value instanceof B b && start instanceof B c && indexOf(b.bytes(), c.bytes(), 0) == 0;
    }

    private static boolean contains(AttributeValue value, AttributeValue part) {
      if (value instanceof S s && part instanceof S t) {
        return s.value().contains(t.value());
      } else if (value instanceof B b && part instanceof B c) {
        return indexOf(b.bytes(), c.bytes(), b.bytes().length) >= 0;
      } else if (value instanceof SetValue set) {
        return part != null && set.members().contains(part);
      }
      return value instanceof L l && part != null && l.elements().contains(part);
    }

    private static int indexOf(byte[] bytes, byte[] part, int lastStart) {
      for (int at = 0; at <= Math.min(lastStart, bytes.length - part.length); at++) {
        if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
          return at;
        }
      }
      return -1;
    }
  }
}

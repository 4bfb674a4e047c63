package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The right side of an update, reckoned from the item as it was. */
public sealed interface UpdateOperand extends Operand {

  /** The value of an operand that must have one. */
  static AttributeValue required(Operand operand, Item item) {
    AttributeValue value = operand.value(item);
    if (value == null) {
      throw EngineException.validation(
          "The provided expression refers to an attribute that does not exist in the item");
    }
    return value;
  }

  /** The refusal of an item whose attribute has a type that the update cannot take. */
  static EngineException wrongType(boolean older) {
    return EngineException.validation(
        older
            ? "Type mismatch for attribute to update"
            : "An operand in the update expression has an incorrect data type");
  }

  /** {@code left + right} or {@code left - right}. */
  record Sum(Operand left, Operand right, boolean minus) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue a = required(left, item);
      AttributeValue b = required(right, item);
      if (a instanceof N x && b instanceof N y) {
        return new N(
            (minus ? x.decimal().minus(y.decimal()) : x.decimal().plus(y.decimal())).text());
      }
      throw wrongType(false);
    }

    @Override
    public String staticType() {
      return "N";
    }
  }

  /** {@code if_not_exists(path, otherwise)}. */
  record IfNotExists(Operand path, Operand otherwise) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue value = path.value(item);
      return value == null ? otherwise.value(item) : value;
    }
  }

  /** {@code list_append(first, second)}. */
  record ListAppend(Operand first, Operand second) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue a = required(first, item);
      AttributeValue b = required(second, item);
      if (a instanceof L x && b instanceof L y) {
        return joined(x, y);
      }
      throw wrongType(false);
    }

    @Override
    public String staticType() {
      return "L";
    }
  }

  /**
   * What ADD makes of the value at a path: a sum, or a set or list with more members.
   *
   * @param older whether it stands in {@code AttributeUpdates}, which alone takes lists
   */
  record Added(Path path, AttributeValue more, boolean older) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue value = path.get(item);
      if (value == null) {
        return more;
      }
      if (value instanceof N x && more instanceof N y) {
        return new N(x.decimal().plus(y.decimal()).text());
      }
      if (value instanceof SetValue set && more instanceof SetValue other && same(set, other)) {
        Set<AttributeValue> members = new LinkedHashSet<>(set.members());
        members.addAll(other.members());
        return SetValue.of(set.type(), members);
      }
      if (value instanceof L list && more instanceof L other) {
        return joined(list, other);
      }
      throw wrongType(older);
    }
  }

  /** What DELETE leaves of the set at a path: null where nothing is left or was there. */
  record Deleted(Path path, AttributeValue less, boolean older) implements UpdateOperand {
    @Override
    public AttributeValue value(Item item) {
      AttributeValue value = path.get(item);
      if (value == null) {
        return null;
      }
      if (value instanceof SetValue set && less instanceof SetValue other && same(set, other)) {
        Set<AttributeValue> members = new LinkedHashSet<>(set.members());
        members.removeAll(Set.copyOf(other.members()));
        return members.isEmpty() ? null : SetValue.of(set.type(), members);
      }
      throw wrongType(older);
    }
  }

  private static L joined(L first, L second) {
    List<AttributeValue> elements = new ArrayList<>(first.elements());
    elements.addAll(second.elements());
    return new L(elements);
  }

  /** Whether two values are of one type. */
  private static boolean same(AttributeValue left, AttributeValue right) {
    return left.type().equals(right.type());
  }
}

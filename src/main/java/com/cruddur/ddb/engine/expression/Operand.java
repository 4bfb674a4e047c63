package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.Item;

/** What an expression compares or stores: a path, a value, or what a function makes of them. */
public sealed interface Operand
    permits Operand.At, Operand.Literal, Operand.Size, Operand.Truth, UpdateOperand {

  /** The operand's value for this item; null where the item has none. */
  AttributeValue value(Item item);

  /** The type the operand is known to have before any item is seen, or null. */
  default String staticType() {
    return null;
  }

  /** What stands at a path. */
  record At(Path path) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return path.get(item);
    }
  }

  /** A value of the request; null where its placeholder is not defined. */
  record Literal(AttributeValue literal) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return literal;
    }

    @Override
    public String staticType() {
      return literal == null ? null : literal.type();
    }
  }

  /** Whether a condition holds, as a value. */
  record Truth(Condition condition) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      return new Bool(condition.test(item));
    }

    @Override
    public String staticType() {
      return "BOOL";
    }
  }

  /** The function {@code size}: characters, bytes, members, elements or entries. */
  record Size(Operand of) implements Operand {
    @Override
    public AttributeValue value(Item item) {
      int size = sizeOf(of.value(item));
      return size < 0 ? null : new N(Integer.toString(size));
    }

    @Override
    public String staticType() {
      return "N";
    }

    private static int sizeOf(AttributeValue value) {
      if (value instanceof S s) {
        return s.value().length();
      } else if (value instanceof B b) {
        return b.bytes().length;
      } else if (value instanceof SetValue set) {
        return set.members().size();
      } else if (value instanceof L l) {
        return l.elements().size();
      } else if (value instanceof M m) {
        return m.entries().size();
      }
      return -1;
    }
  }
}

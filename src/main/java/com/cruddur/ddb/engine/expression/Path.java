package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document path such as {@code a.b[2]}: each step is the name of a map's entry ({@code String})
 * or the index of a list's element ({@code Integer}). The first is a name.
 */
public record Path(List<Object> steps) {

  /** The path of a top-level attribute. */
  public static Path of(String name) {
    return new Path(List.of(name));
  }

  /** The attribute that the path begins at. */
  public String head() {
    return (String) steps.get(0);
  }

  /** Whether the path leads into an attribute. */
  public boolean isNested() {
    return steps.size() > 1;
  }

  /** The path's last name, with the indexes behind it. */
  public String column() {
    StringBuilder column = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof String name) {
        column.setLength(0);
        column.append(name);
      } else {
        column.append('[').append(step).append(']');
      }
    }
    return column.toString();
  }

  /** The value there, or null where there is none. */
  public AttributeValue get(Item item) {
    AttributeValue value = item.get(head());
    for (int i = 1; i < steps.size() && value != null; i++) {
      value = child(value, steps.get(i));
    }
    return value;
  }

  private static AttributeValue child(AttributeValue value, Object step) {
    if (step instanceof String name) {
      return value instanceof M m ? m.entries().get(name) : null;
    }
    int index = (Integer) step;
    return value instanceof L l && index < l.elements().size() ? l.elements().get(index) : null;
  }

  /** The item with this value there; an index past the end of its list appends. */
  public Item put(Item item, AttributeValue value) {
    return isNested()
        ? item.with(head(), change(item.get(head()), 1, value))
        : item.with(head(), value);
  }

  /** The item without what is there. */
  public Item remove(Item item) {
    return isNested() ? item.with(head(), change(item.get(head()), 1, null)) : item.without(head());
  }

  private AttributeValue change(AttributeValue parent, int depth, AttributeValue value) {
    Object step = steps.get(depth);
    boolean last = depth == steps.size() - 1;
    if (step instanceof String name && parent instanceof M m) {
      Map<String, AttributeValue> entries = new LinkedHashMap<>(m.entries());
      AttributeValue child = last ? value : change(entries.get(name), depth + 1, value);
      if (child == null) {
        entries.remove(name);
      } else {
        entries.put(name, child);
      }
      return new M(entries);
    }
    if (step instanceof Integer index && parent instanceof L l) {
      List<AttributeValue> elements = new ArrayList<>(l.elements());
      boolean inside = index < elements.size();
      AttributeValue child =
          last ? value : change(inside ? elements.get(index) : null, depth + 1, value);
      if (inside && child == null) {
        elements.remove((int) index);
      } else if (inside) {
        elements.set(index, child);
      } else if (child != null) {
        elements.add(child);
      }
      return new L(elements);
    }
    throw EngineException.validation(
        "The document path provided in the update expression is invalid for update");
  }

  /** As AWS writes paths in messages: {@code [a, b, [2]]}. */
  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    for (Object step : steps) {
      texts.add(step instanceof Integer ? "[" + step + "]" : (String) step);
    }
    return texts.toString();
  }
}

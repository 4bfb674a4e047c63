package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an update does to an item: actions, each of which sets what stands at a path or removes it.
 *
 * <p>All right sides are reckoned from the item as it was. Then values are set, those of a list by
 * rising index, and what is to go is removed from the end of each list on, so that every index
 * means what it meant in the item as it was.
 */
public record Update(List<Action> actions) {

  /** Puts the operand's value at the path; without operand, or where it has no value, removes. */
  public record Action(Path path, Operand operand) {}

  private static final Comparator<Path> BY_INDEX = Update::compare;

  public Update {
    actions = List.copyOf(actions);
  }

  /** The item after the update. */
  public Item apply(Item before) {
    Map<Path, AttributeValue> values = new HashMap<>();
    List<Path> set = new ArrayList<>();
    List<Path> removed = new ArrayList<>();
    for (Action action : actions) {
      AttributeValue value = rightSide(action, before);
      values.put(action.path(), value);
      (value == null ? removed : set).add(action.path());
    }
    set.sort(BY_INDEX);
    removed.sort(BY_INDEX.reversed());
    Item item = before;
    for (Path path : set) {
      item = path.put(item, values.get(path));
    }
    for (Path path : removed) {
      item = path.remove(item);
    }
    return item;
  }

  private static AttributeValue rightSide(Action action, Item before) {
    Operand operand = action.operand();
    if (operand == null) {
      return null;
    }
    return operand instanceof UpdateOperand.Deleted
        ? operand.value(before)
        : UpdateOperand.required(operand, before);
  }

  /** Values of the request that become or add to whole attributes, known before any item is. */
  public Item assigned() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (Action action : actions) {
      AttributeValue value =
          action.operand() instanceof Operand.Literal literal
              ? literal.literal()
              : action.operand() instanceof UpdateOperand.Added added ? added.more() : null;
      if (value != null && !action.path().isNested()) {
        values.put(action.path().head(), value);
      }
    }
    return Item.of(values);
  }

  /** The types of whole attributes that are reckoned, where they are known before any item is. */
  public Map<String, String> computedTypes() {
    Map<String, String> types = new LinkedHashMap<>();
    for (Action action : actions) {
      if (action.operand() instanceof UpdateOperand reckoned
          && reckoned.staticType() != null
          && !action.path().isNested()) {
        types.put(action.path().head(), reckoned.staticType());
      }
    }
    return types;
  }

  /** What UpdateItem counts of it towards the size of an item, before it looks at any. */
  public int charge() {
    return UpdateCharge.of(this);
  }

  /** Whether it only takes away, so that it makes no item where none is. */
  public boolean onlyRemoves() {
    return !actions.isEmpty()
        && actions.stream()
            .allMatch(
                action ->
                    action.operand() == null || action.operand() instanceof UpdateOperand.Deleted);
  }

  /** The paths that the update sets or removes. */
  public List<Path> paths() {
    return actions.stream().map(Action::path).toList();
  }

  /** Whether the update put a value so far into an item that the item is too deep now. */
  public boolean isTooDeep(Item now) {
    return paths().stream()
        .filter(Path::isNested)
        .map(path -> now.get(path.head()))
        .anyMatch(value -> value != null && value.depth() >= AttributeValue.MAX_DEPTH);
  }

  /** Refuses an update that touches an attribute of the key. */
  public void keepAway(List<String> keyNames) {
    for (Action action : actions) {
      if (keyNames.contains(action.path().head())) {
        throw EngineException.invalid(
            "Cannot update attribute %s. This attribute is part of the key", action.path().head());
      }
    }
  }

  private static int compare(Path left, Path right) {
    int length = Math.min(left.steps().size(), right.steps().size());
    for (int i = 0; i < length; i++) {
      Object a = left.steps().get(i);
      Object b = right.steps().get(i);
      int order =
          a instanceof Integer x && b instanceof Integer y
              ? x.compareTo(y)
              : a.toString().compareTo(b.toString());
      if (order != 0) {
        return order;
      }
    }
    return left.steps().size() - right.steps().size();
  }
}

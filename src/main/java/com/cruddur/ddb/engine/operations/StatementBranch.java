package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Operand;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Paths;
import com.cruddur.ddb.engine.item.AttributeOrder;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions that hold together, some of them about the key. */
record StatementBranch(KeySchema key, List<Condition> conditions) {

  /** Stands behind all texts that begin with the text before it. */
  private static final String LAST = "\uDBFF\uDFFF";

  /** A bound of a range; no value where there is no bound. */
  private record Bound(AttributeValue value, boolean included) {}

  /** The attribute of the key that a condition compares with values, or null. */
  static String tested(Condition condition, KeySchema key) {
    List<Operand> operands = StatementKey.operands(condition);
    boolean compares =
        !operands.isEmpty()
            && operands.get(0) instanceof Operand.At at
            && !at.path().isNested()
            && key.names().contains(at.path().head())
            && operands.stream().skip(1).allMatch(each -> each instanceof Operand.Literal);
    return compares ? ((Operand.At) operands.get(0)).path().head() : null;
  }

  /** The conditions that compare an attribute of the key. */
  private List<Condition> tests(String name) {
    return conditions.stream().filter(each -> name.equals(tested(each, key))).toList();
  }

  private static List<AttributeValue> values(Condition test) {
    return StatementKey.operands(test).stream()
        .skip(1)
        .map(each -> ((Operand.Literal) each).literal())
        .toList();
  }

  private static String operator(Condition test) {
    return test instanceof Condition.Compare compare ? compare.operator() : "";
  }

  /** The different values that an attribute of the key must equal. */
  List<AttributeValue> equal(String name) {
    return tests(name).stream()
        .filter(each -> operator(each).equals("="))
        .map(each -> values(each).get(0))
        .distinct()
        .toList();
  }

  /** Whether an attribute of the key must equal a value that it can have. */
  boolean names(KeyAttribute attribute) {
    List<AttributeValue> equal = equal(attribute.name());
    return !equal.isEmpty() && attribute.accepts(equal.get(0));
  }

  /** What the attributes of the key must equal, without those that must equal several values. */
  Item named() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (String name : key.names()) {
      List<AttributeValue> equal = equal(name);
      if (equal.size() == 1) {
        item.put(name, equal.get(0));
      }
    }
    return Item.of(item);
  }

  boolean keyed() {
    return key.partition().stream().noneMatch(each -> equal(each.name()).isEmpty());
  }

  /** The value of the partition, of a branch that names one. */
  AttributeValue partition() {
    return equal(key.partition().get(0).name()).get(0);
  }

  /** Whether the branch does not ask for two values of one attribute. */
  boolean isPossible() {
    return key.partition().stream().allMatch(each -> equal(each.name()).size() == 1);
  }

  /** The keys that the branch reads. */
  KeyRange range() {
    return StatementKey.of(conditions, key).range();
  }

  boolean fits(KeyAttribute attribute) {
    return tests(attribute.name()).stream()
        .allMatch(test -> values(test).stream().allMatch(attribute::accepts));
  }

  /** The key, if each of its attributes must equal one value and nothing else is asked; or null. */
  Item item() {
    Item named = named();
    boolean only =
        conditions.stream()
            .allMatch(each -> operator(each).equals("=") && tested(each, key) != null);
    return only && named.attributes().size() == key.names().size() ? named : null;
  }

  /** Whether both branches can read one item. */
  boolean overlaps(StatementBranch other) {
    for (KeyAttribute attribute : key.partition()) {
      List<AttributeValue> mine = equal(attribute.name());
      if (mine.size() > 1 || !mine.equals(other.equal(attribute.name()))) {
        return false;
      }
    }
    if (key.sort().isEmpty()) {
      return true;
    }
    String sort = key.sort().get(0).name();
    if (key.sort().size() > 1 || excludes(sort) || other.excludes(sort)) {
      return false;
    }
    List<Bound> lows = new ArrayList<>(bounds(sort, true));
    List<Bound> highs = new ArrayList<>(bounds(sort, false));
    return !isEmpty(lows, highs)
        && !isEmpty(other.bounds(sort, true), other.bounds(sort, false))
        && !isEmpty(lows, other.bounds(sort, false))
        && !isEmpty(other.bounds(sort, true), highs);
  }

  /** Whether a condition takes values of an attribute out; AWS lets those overlap. */
  private boolean excludes(String name) {
    return conditions.stream()
        .filter(each -> each instanceof Condition.Not || operator(each).equals("<>"))
        .anyMatch(each -> Paths.of(each).stream().map(Path::head).anyMatch(name::equals));
  }

  private List<Bound> bounds(String name, boolean low) {
    List<Bound> bounds = new ArrayList<>();
    for (Condition test : tests(name)) {
      List<AttributeValue> values = values(test);
      AttributeValue first = values.get(0);
      String operator = operator(test);
      if (test instanceof Condition.Between) {
        bounds.add(new Bound(low ? first : values.get(1), true));
      } else if (test instanceof Condition.Function) {
        AttributeValue last = first instanceof S s ? new S(s.value() + LAST) : null;
        bounds.add(new Bound(low ? first : last, true));
      } else if (operator.startsWith(low ? ">" : "<") || operator.equals("=")) {
        bounds.add(new Bound(first, operator.endsWith("=")));
      }
    }
    return bounds;
  }

  /** Whether nothing is above all lower bounds and below all upper ones. */
  private static boolean isEmpty(List<Bound> lows, List<Bound> highs) {
    return lows.stream().anyMatch(low -> highs.stream().anyMatch(high -> isEmpty(low, high)));
  }

  private static boolean isEmpty(Bound low, Bound high) {
    if (low.value() == null || high.value() == null) {
      return false;
    }
    boolean comparable =
        AttributeOrder.isOrdered(low.value()) && low.value().type().equals(high.value().type());
    if (!comparable) {
      return true;
    }
    int order = AttributeOrder.compare(low.value(), high.value());
    return order > 0 || order == 0 && !(low.included() && high.included());
  }
}

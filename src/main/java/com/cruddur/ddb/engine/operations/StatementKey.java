package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.KeyCondition;
import com.cruddur.ddb.engine.expression.KeyCondition.KeyTest;
import com.cruddur.ddb.engine.expression.Operand;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a WHERE clause says about a key, apart from what else it says.
 *
 * @param others conditions that say nothing of the key
 */
record StatementKey(KeySchema key, Map<String, KeyTest> tests, int others) {

  static StatementKey of(Condition where, KeySchema key) {
    return of(all(where, new ArrayList<>()), key);
  }

  static StatementKey of(List<Condition> conditions, KeySchema key) {
    Map<String, KeyTest> tests = new LinkedHashMap<>();
    int others = 0;
    for (Condition each : conditions) {
      String attribute = attribute(each, key);
      if (attribute == null || tests.containsKey(attribute)) {
        others++;
      } else {
        tests.put(attribute, test(each));
      }
    }
    return new StatementKey(key, tests, others);
  }

  /** The conditions that AND joins. */
  private static List<Condition> all(Condition condition, List<Condition> found) {
    if (condition instanceof Condition.And and) {
      all(and.left(), found);
      all(and.right(), found);
    } else if (condition != null) {
      found.add(condition);
    }
    return found;
  }

  /** The key attribute that a condition tests in a way that a range of keys can hold, or null. */
  private static String attribute(Condition condition, KeySchema key) {
    List<Operand> operands = operands(condition);
    if (operands.isEmpty() || !(operands.get(0) instanceof Operand.At at) || at.path().isNested()) {
      return null;
    }
    for (KeyAttribute attribute : key.attributes()) {
      if (attribute.name().equals(at.path().head())) {
        boolean fits =
            operands.stream()
                .skip(1)
                .allMatch(
                    each -> each instanceof Operand.Literal l && attribute.accepts(l.literal()));
        boolean partition = key.partition().contains(attribute);
        return fits && (!partition || test(condition).isEquality()) ? attribute.name() : null;
      }
    }
    return null;
  }

  /** The attribute and the values of a condition that a key can be found by; else nothing. */
  static List<Operand> operands(Condition condition) {
    if (condition instanceof Condition.Compare compare && !compare.operator().equals("<>")) {
      return List.of(compare.left(), compare.right());
    } else if (condition instanceof Condition.Between between) {
      return List.of(between.operand(), between.low(), between.high());
    } else if (condition instanceof Condition.Function function
        && function.name().equals("begins_with")) {
      return function.arguments();
    }
    return List.of();
  }

  private static KeyTest test(Condition condition) {
    List<AttributeValue> values = new ArrayList<>();
    operands(condition).stream()
        .skip(1)
        .forEach(each -> values.add(((Operand.Literal) each).literal()));
    String operator =
        condition instanceof Condition.Compare compare
            ? compare.operator()
            : condition instanceof Condition.Between ? "BETWEEN" : "begins_with";
    return new KeyTest(operator, values);
  }

  /** The whole key, if each of its attributes must equal a value; else null. */
  Item whole() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    for (String name : key.names()) {
      KeyTest test = tests.get(name);
      if (test == null || !test.isEquality()) {
        return null;
      }
      values.put(name, test.values().get(0));
    }
    return Item.of(values);
  }

  /** The one branch of a clause that OR does not divide. */
  static StatementBranch branch(Condition where, KeySchema key) {
    return new StatementBranch(key, all(where, new ArrayList<>()));
  }

  /** The keys that can meet the clause: a range of one partition, or all. */
  KeyRange range() {
    boolean onePartition =
        key.partition().stream().allMatch(attribute -> tests.containsKey(attribute.name()));
    return onePartition ? KeyRange.of(new KeyCondition(tests), key) : new KeyRange(null, null);
  }
}

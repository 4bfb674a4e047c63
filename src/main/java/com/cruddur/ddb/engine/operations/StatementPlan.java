package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Operand;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Paths;
import com.cruddur.ddb.engine.item.AttributeOrder;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.KeyAttribute;
import com.cruddur.ddb.engine.item.KeySchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The reads that a WHERE clause comes to: one for each branch that OR, or IN on a key, makes of the
 * conditions on the key.
 */
record StatementPlan(KeySchema key, List<StatementBranch> branches) {

  /** More branches than this are not reckoned with. */
  private static final int MOST = 10_000;

  private static final int MAX_READS = 50;

  static StatementPlan of(Condition where, KeySchema key) {
    List<List<Condition>> branches = where == null ? List.of() : branches(where, key);
    return new StatementPlan(
        key, branches.stream().map(each -> new StatementBranch(key, each)).toList());
  }

  private static List<List<Condition>> branches(Condition condition, KeySchema key) {
    if (condition instanceof Condition.And and) {
      return product(branches(and.left(), key), branches(and.right(), key));
    } else if (condition instanceof Condition.Or or && isAboutKey(or, key)) {
      List<List<Condition>> all = new ArrayList<>(branches(or.left(), key));
      all.addAll(branches(or.right(), key));
      return all.size() > MOST ? List.of() : all;
    } else if (condition instanceof Condition.In in && isAboutKey(in, key)) {
      return in.choices().stream()
          .map(each -> List.<Condition>of(new Condition.Compare("=", in.operand(), each)))
          .toList();
    }
    return List.of(List.of(condition));
  }

  private static List<List<Condition>> product(
      List<List<Condition>> left, List<List<Condition>> right) {
    List<List<Condition>> all = new ArrayList<>();
    if ((long) left.size() * right.size() > MOST) {
      return all;
    }
    for (List<Condition> one : left) {
      for (List<Condition> other : right) {
        List<Condition> both = new ArrayList<>(one);
        both.addAll(other);
        all.add(both);
      }
    }
    return all;
  }

  /** Whether a condition compares an attribute of the key. */
  private static boolean isAboutKey(Condition condition, KeySchema key) {
    if (condition instanceof Condition.And and) {
      return isAboutKey(and.left(), key) || isAboutKey(and.right(), key);
    } else if (condition instanceof Condition.Or or) {
      return isAboutKey(or.left(), key) || isAboutKey(or.right(), key);
    } else if (condition instanceof Condition.Not not) {
      return isAboutKey(not.condition(), key);
    } else if (condition instanceof Condition.In in) {
      return in.operand() instanceof Operand.At at
          && !at.path().isNested()
          && key.names().contains(at.path().head())
          && in.choices().stream().allMatch(each -> each instanceof Operand.Literal);
    }
    return StatementBranch.tested(condition, key) != null;
  }

  /** Whether each branch names one partition. */
  boolean keyed() {
    return !branches.isEmpty() && branches.stream().allMatch(StatementBranch::keyed);
  }

  /** Refuses reads that are too many, or that would find an item twice. */
  void check() {
    if (!keyed()) {
      return;
    }
    if (branches.size() > MAX_READS) {
      throw EngineException.validation("Too many decomposed read operations for a given query.");
    }
    for (int i = 0; i < branches.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (branches.get(i).overlaps(branches.get(j))) {
          throw EngineException.validation(
              "Overlapping conditions with range keys are not supported in where clause");
        }
      }
    }
  }

  /** Refuses values that an attribute of the key cannot have. */
  void checkTypes() {
    for (KeyAttribute attribute : keyed() ? key.attributes() : List.<KeyAttribute>of()) {
      if (!branches.stream().allMatch(branch -> branch.fits(attribute))) {
        throw EngineException.validation(
            "Key attribute's data type should match its data type in table's schema: Key %s",
            attribute.name());
      }
    }
  }

  /** How many partitions are read. */
  long partitions() {
    return branches.stream().map(StatementBranch::partition).distinct().count();
  }

  /**
   * What is read of the key, in the order of reading; no item is in two ranges.
   *
   * @param forward whether the items of a partition are read by rising key
   * @param rising whether partitions are
   */
  List<KeyRange> ranges(boolean forward, boolean rising) {
    Comparator<StatementBranch> order =
        Comparator.comparing(StatementBranch::partition, AttributeOrder::compare);
    List<StatementBranch> sorted =
        branches.stream()
            .filter(StatementBranch::isPossible)
            .sorted(
                (rising ? order : order.reversed())
                    .thenComparing(branch -> branch.range().from(), Arrays::compareUnsigned))
            .toList();
    List<KeyRange> ranges = new ArrayList<>();
    int partition = 0;
    for (int i = 0; i < sorted.size(); i++) {
      if (i > 0 && order.compare(sorted.get(i - 1), sorted.get(i)) != 0) {
        partition = ranges.size();
      }
      KeyRange range = sorted.get(i).range();
      int before = forward ? ranges.size() - 1 : partition;
      boolean joins = ranges.size() > partition && ranges.get(before).contains(range.from());
      if (joins) {
        ranges.set(before, ranges.get(before).with(range));
      } else {
        ranges.add(forward ? ranges.size() : partition, range);
      }
    }
    return ranges;
  }

  /** What every branch asks of that is not held; the names of the last partition's branch. */
  Set<String> missing(Set<String> held) {
    Set<String> last = new HashSet<>();
    if (!keyed()) {
      return last;
    }
    List<StatementBranch> sorted =
        branches.stream()
            .sorted(Comparator.comparing(StatementBranch::partition, AttributeOrder::compare))
            .toList();
    for (StatementBranch branch : sorted) {
      last = new HashSet<>();
      for (Condition condition : branch.conditions()) {
        Paths.of(condition).stream()
            .map(Path::head)
            .filter(name -> !held.contains(name))
            .forEach(last::add);
      }
      if (last.isEmpty()) {
        return last;
      }
    }
    return last;
  }

  /** The key of the one item that is read by nothing but its key, or null; of any types. */
  Item item() {
    return branches.size() == 1 ? branches.get(0).item() : null;
  }
}

package com.cruddur.ddb.engine.expression;

import java.util.ArrayList;
import java.util.List;

/** The document paths that a condition or an update looks at. */
public final class Paths {

  private Paths() {}

  /** All paths, in the order of the text, with repetitions. */
  public static List<Path> of(Condition condition) {
    List<Path> paths = new ArrayList<>();
    collect(condition, paths);
    return paths;
  }

  /** The paths that an update changes and those that it reads. */
  public static List<Path> of(Update update) {
    List<Path> paths = new ArrayList<>(update.paths());
    for (Update.Action action : update.actions()) {
      if (action.operand() != null) {
        collect(List.of(action.operand()), paths);
      }
    }
    return paths;
  }

  private static void collect(Condition condition, List<Path> paths) {
    if (condition instanceof Condition.And and) {
      collect(and.left(), paths);
      collect(and.right(), paths);
    } else if (condition instanceof Condition.Or or) {
      collect(or.left(), paths);
      collect(or.right(), paths);
    } else if (condition instanceof Condition.Not not) {
      collect(not.condition(), paths);
    } else if (condition instanceof Condition.Compare compare) {
      collect(List.of(compare.left(), compare.right()), paths);
    } else if (condition instanceof Condition.Between between) {
      collect(List.of(between.operand(), between.low(), between.high()), paths);
    } else if (condition instanceof Condition.In in) {
      collect(List.of(in.operand()), paths);
      collect(in.choices(), paths);
    } else if (condition instanceof Condition.Function function) {
      collect(function.arguments(), paths);
    }
  }

  private static void collect(List<Operand> operands, List<Path> paths) {
    for (Operand operand : operands) {
      if (operand instanceof Operand.At at) {
        paths.add(at.path());
      } else if (operand instanceof Operand.Size size) {
        collect(List.of(size.of()), paths);
      } else if (operand instanceof Operand.Truth truth) {
        collect(truth.condition(), paths);
      } else if (operand instanceof UpdateOperand.Sum sum) {
        collect(List.of(sum.left(), sum.right()), paths);
      } else if (operand instanceof UpdateOperand.IfNotExists either) {
        collect(List.of(either.path(), either.otherwise()), paths);
      } else if (operand instanceof UpdateOperand.ListAppend append) {
        collect(List.of(append.first(), append.second()), paths);
      }
    }
  }
}

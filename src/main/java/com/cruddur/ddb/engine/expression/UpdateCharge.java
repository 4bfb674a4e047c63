package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.expression.Update.Action;
import com.cruddur.ddb.engine.item.AttributeValue;
import java.util.List;

/**
 * What UpdateItem counts of its expression towards the size that an item may have: the values and
 * names that the request brings, and a fee for each clause and function. What stands in the item
 * counts nothing, nor does what comes of it.
 */
final class UpdateCharge {

  private static final int UPDATE = 3;
  private static final int SET_OR_ADD = 19;
  private static final int REMOVE_OR_DELETE = 1;
  private static final int PLUS = 34;
  private static final int MINUS = 37;
  private static final int LIST_APPEND = 37;
  private static final int IF_NOT_EXISTS = 39;
  private static final int STEP_OF_TARGET = 4;
  private static final int PATH = 1;
  private static final int STEP_OF_PATH = 14;

  private UpdateCharge() {}

  static int of(Update update) {
    return UPDATE + update.actions().stream().mapToInt(UpdateCharge::of).sum();
  }

  private static int of(Action action) {
    int target = steps(action.path(), STEP_OF_TARGET) - STEP_OF_TARGET;
    Operand operand = action.operand();
    if (operand == null || operand instanceof UpdateOperand.Deleted) {
      return REMOVE_OR_DELETE + target;
    }
    return SET_OR_ADD + target + of(operand);
  }

  private static int of(Operand operand) {
    if (operand instanceof Operand.Literal literal) {
      return literal.literal().size();
    } else if (operand instanceof Operand.At at) {
      return PATH + steps(at.path(), STEP_OF_PATH);
    } else if (operand instanceof UpdateOperand.Added added) {
      return added.more().size();
    } else if (operand instanceof UpdateOperand.Sum sum) {
      return (sum.minus() ? MINUS : PLUS) + of(sum.left()) + of(sum.right());
    } else if (operand instanceof UpdateOperand.ListAppend append) {
      return LIST_APPEND + of(append.first()) + of(append.second());
    } else if (operand instanceof UpdateOperand.IfNotExists either) {
      return IF_NOT_EXISTS + of(either.path()) + of(either.otherwise());
    }
    throw new IllegalArgumentException("no operand of an update: " + operand);
  }

  /** An index counts its digits, a name its bytes. */
  private static int steps(Path path, int each) {
    List<Object> steps = path.steps();
    return steps.size() * each
        + steps.stream().mapToInt(step -> AttributeValue.utf8Length(step.toString())).sum();
  }
}

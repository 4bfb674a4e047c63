package com.cruddur.ddb.engine.expression;

import com.cruddur.ddb.engine.item.EngineException;

/**
 * What is wrong with an expression that can be parsed. AWS looks for one kind of fault after the
 * other, and names the first of the first kind.
 */
public final class Problems {

  /** Kinds of faults, in the order in which AWS looks for them. */
  enum Rank {
    PARENTHESES,
    FUNCTION_NAME,
    FUNCTION_PLACE,
    RESERVED_WORD,
    SECTION,
    NAME,
    VALUE,
    OVERLAP,
    CONFLICT,
    ADDED_TYPE,
    OPERAND_COUNT,
    SAME_OPERANDS,
    OPERAND_TYPE
  }

  private final String kind;
  private Rank rank;
  private int clause;
  private int clauseOfFault;
  private String message;

  /**
   * {@code kind} is the parameter that held the expression, such as {@code FilterExpression}; null
   * for what is refused without naming any.
   */
  public Problems(String kind) {
    this.kind = kind;
  }

  void note(Rank found, String text) {
    if (rank == null || isBefore(found)) {
      rank = found;
      clauseOfFault = clause;
      message = text;
    }
  }

  /** Notes a function where AWS has none. */
  void misplaced(String function) {
    note(
        Rank.FUNCTION_PLACE,
        "The function is not allowed to be used this way in an expression; function: " + function);
  }

  /** Faults of names, values and operands are told clause by clause. */
  private boolean isBefore(Rank found) {
    boolean byClause = found.compareTo(Rank.NAME) >= 0 && rank.compareTo(Rank.NAME) >= 0;
    return byClause && clause != clauseOfFault ? clause < clauseOfFault : found.compareTo(rank) < 0;
  }

  /** Begins the next clause of a condition. */
  void nextClause() {
    clause++;
  }

  /** Throws the fault that AWS would name, if there is one. */
  public void complain() {
    if (rank != null) {
      throw refusal(message);
    }
  }

  EngineException refusal(String text) {
    return EngineException.validation(kind == null ? text : "Invalid " + kind + ": " + text);
  }
}

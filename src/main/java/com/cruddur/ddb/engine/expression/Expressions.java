package com.cruddur.ddb.engine.expression;

/** The expressions of one request, which share their placeholders. */
public final class Expressions {

  private final Placeholders placeholders;

  public Expressions(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /** A condition on the item that is about to be written; null for none. */
  public Condition condition(String text) {
    return text == null ? null : ConditionParser.parse("ConditionExpression", text, placeholders);
  }

  /** A condition on items that were read; null for none. */
  public Condition filter(String text) {
    return text == null ? null : ConditionParser.parse("FilterExpression", text, placeholders);
  }

  /** The condition on the key of a query. */
  public KeyCondition keyCondition(String text) {
    return KeyCondition.of(ConditionParser.parse("KeyConditionExpression", text, placeholders));
  }

  /** The parts of items to answer with; null for all. */
  public Projection projection(String text) {
    return text == null ? null : Projection.parse(text, placeholders);
  }

  /** What to do to an item; null for nothing. */
  public Update update(String text) {
    return text == null ? null : UpdateParser.parse(text, placeholders);
  }

  /** Refuses names and values that no expression used; to be called after the last one. */
  public void end() {
    placeholders.complainIfUnused();
  }
}

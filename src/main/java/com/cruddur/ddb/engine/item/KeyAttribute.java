package com.cruddur.ddb.engine.item;

/** An attribute of a key: its name and its type, one of S, N and B. */
public record KeyAttribute(String name, char type) {

  /** Whether a value has the type of this attribute. */
  public boolean accepts(AttributeValue value) {
    String is = value.type();
    return is.length() == 1 && is.charAt(0) == type;
  }
}

package com.cruddur.ddb.engine.item;

/** An attribute of a key: its name and its type, one of S, N and B. */
public record KeyAttribute(String name, char type) {

  /** Whether a value has the type of this attribute. */
  public boolean accepts(AttributeValue value) {
    return isOf(value.type());
  }

  /** Whether this attribute has a type, which is named as in JSON. */
  public boolean isOf(String name) {
    return name.length() == 1 && name.charAt(0) == type;
  }
}

package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A structure that was read, by the names of its members. A member that is missing is null. Reading
 * a value that AWS refuses throws its refusal; until then it is as good as there.
 */
public final class Request {

  private final Map<String, Object> members;

  public Request(Map<String, Object> members) {
    this.members = members;
  }

  Map<String, Object> members() {
    return members;
  }

  /** Whether the member is there. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** The names of the members that are there. */
  public Set<String> names() {
    return members.keySet();
  }

  /** The structure without some of its members. */
  public Request without(String... names) {
    Map<String, Object> rest = new LinkedHashMap<>(members);
    rest.keySet().removeAll(List.of(names));
    return new Request(rest);
  }

  /** The member as it was read, whatever it is; null if it is missing. */
  public Object any(String name) {
    return members.get(name);
  }

  /** A text. */
  public String text(String name) {
    return (String) members.get(name);
  }

  /** A text, or another one where it is missing. */
  public String text(String name, String otherwise) {
    return (String) members.getOrDefault(name, otherwise);
  }

  /** A whole number. */
  public Long integer(String name) {
    return (Long) members.get(name);
  }

  /** A number. */
  public Double number(String name) {
    return (Double) members.get(name);
  }

  /** Whether a flag is set; one that is missing is not. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(members.get(name));
  }

  /** A flag, null where it is missing. */
  public Boolean bool(String name) {
    return (Boolean) members.get(name);
  }

  /** An item or a key. */
  public Item item(String name) {
    return (Item) valid(members.get(name));
  }

  /** An attribute value. */
  public AttributeValue value(String name) {
    return (AttributeValue) valid(members.get(name));
  }

  /** A structure. */
  public Request structure(String name) {
    return (Request) members.get(name);
  }

  /** A list of texts. */
  @SuppressWarnings("unchecked")
  public List<String> texts(String name) {
    return (List<String>) members.get(name);
  }

  /** A list of structures. */
  @SuppressWarnings("unchecked")
  public List<Request> structures(String name) {
    return (List<Request>) members.get(name);
  }

  /** A list of whatever its shape says; attribute values and items want {@link #valid}. */
  @SuppressWarnings("unchecked")
  public List<Object> list(String name) {
    return (List<Object>) members.get(name);
  }

  /** A map of whatever its shape says, the type of which the caller knows. */
  @SuppressWarnings("unchecked")
  public <T> Map<String, T> map(String name) {
    return (Map<String, T>) members.get(name);
  }

  /** The value or item that was read, or its refusal. */
  public static Object valid(Object read) {
    if (read instanceof EngineException refused) {
      throw refused;
    }
    return read;
  }

  @Override
  public String toString() {
    return members.toString();
  }
}

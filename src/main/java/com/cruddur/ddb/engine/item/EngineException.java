package com.cruddur.ddb.engine.item;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An error answer of the engine: AWS's error type, its message, and what else the answer carries.
 *
 * <p>It has no stack trace: a refused request is an answer like any other, and a busy client may
 * get thousands of them a second.
 */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String type;
  private final transient Map<String, Object> fields = new LinkedHashMap<>();

  /**
   * @param type AWS's short name, such as {@code ResourceNotFoundException}
   * @param message as {@code String.format} takes it where there are arguments, else as it stands
   */
  public EngineException(String type, String message, Object... arguments) {
    super(
        arguments.length == 0 ? message : String.format(Locale.ROOT, message, arguments),
        null,
        false,
        false);
    this.type = type;
  }

  /** The error that AWS answers most requests with that it cannot take. */
  public static EngineException validation(String message, Object... arguments) {
    return new EngineException("ValidationException", message, arguments);
  }

  /** A validation error about the values of a request, with AWS's usual opening. */
  public static EngineException invalid(String message, Object... arguments) {
    return validation("One or more parameter values were invalid: " + message, arguments);
  }

  /** A request whose JSON does not have the shape that AWS's model asks for. */
  public static EngineException serialization(String message, Object... arguments) {
    return new EngineException("SerializationException", message, arguments);
  }

  /** Adds a member to the answer: an {@link Item}, a text, a number, or lists and maps of them. */
  public EngineException with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Also part of messages that show a request of which this value was refused. */
  // The message alone is what a client gets, and its type is a member of its own there.
  @SuppressWarnings("OverrideThrowableToString")
  @Override
  public String toString() {
    return type + ": " + getMessage();
  }

  /** AWS's short name of the error. */
  public String type() {
    return type;
  }

  /** What the answer holds beside type and message. */
  public Map<String, Object> fields() {
    return fields;
  }
}

package com.cruddur.ddb.engine.shape;

import com.cruddur.ddb.engine.item.AttributeReader;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.JsonShapes;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a request or a part of it must look like, as AWS's model of its API says.
 *
 * <p>A shape is put together once, when its class is loaded, and not changed afterwards. It reads
 * JSON as it streams by: into {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@code
 * List}, {@code Map}, {@link Request} for a structure, {@code AttributeValue} for a value, {@link
 * Item} for a map of values. A value that AWS would refuse only later is kept as the {@link
 * EngineException} to throw then.
 */
public final class Shape {

  enum Type {
    STRING,
    INTEGER,
    DOUBLE,
    BOOLEAN,
    LIST,
    MAP,
    STRUCTURE,
    VALUE,
    ITEM
  }

  private final Type type;
  private final Shape element;
  private final Map<String, Shape> members = new LinkedHashMap<>();
  private final Constraints constraints = new Constraints(this);
  private boolean modern;
  private boolean fullExponents;
  private String javaName;
  private boolean hashed;

  private Shape(Type type, Shape element) {
    this.type = type;
    this.element = element;
  }

  /** A text. */
  public static Shape string() {
    return new Shape(Type.STRING, null);
  }

  /** A whole number, read into a {@code Long}. */
  public static Shape integer() {
    return new Shape(Type.INTEGER, null);
  }

  /** A number, which dates are too, read into a {@code Double}. */
  public static Shape number() {
    return new Shape(Type.DOUBLE, null);
  }

  /** True or false. */
  public static Shape bool() {
    return new Shape(Type.BOOLEAN, null);
  }

  /** A list of what another shape says. */
  public static Shape list(Shape element) {
    return new Shape(Type.LIST, element);
  }

  /** A map of texts to what another shape says. */
  public static Shape map(Shape element) {
    return new Shape(Type.MAP, element);
  }

  /** An attribute value. */
  public static Shape value() {
    return new Shape(Type.VALUE, null);
  }

  /** A map of attribute values: an item, or a key. */
  public static Shape item() {
    return new Shape(Type.ITEM, null);
  }

  /** A structure, to which members are added. */
  public static Shape structure() {
    return new Shape(Type.STRUCTURE, null);
  }

  /** The name of a table for reading and writing items. */
  public static Shape tableName() {
    return string().required().size(1, 255).pattern("[a-zA-Z0-9_.-]+").alone().orArn();
  }

  /** The name of an index. */
  public static Shape indexName() {
    return string().size(3, 255).pattern("[a-zA-Z0-9_.-]+");
  }

  /** Adds a member to this structure. */
  public Shape member(String name, Shape shape) {
    members.put(name, shape);
    return this;
  }

  /**
   * What this shape holds by now is refused in AWS's newer words, which show no value where lengths
   * and ranges are wrong, and spell members as the model does. AWS moves one operation after the
   * other to them.
   */
  public Shape modern() {
    modern = true;
    if (element != null) {
      element.modern();
    }
    members.values().forEach(Shape::modern);
    return fullExponents();
  }

  /**
   * Exponents of numbers in this shape are read in full; elsewhere those of more than 32 bits are
   * no numbers to AWS.
   */
  public Shape fullExponents() {
    fullExponents = true;
    if (element != null) {
      element.fullExponents();
    }
    members.values().forEach(Shape::fullExponents);
    return this;
  }

  /** The member must be there. */
  public Shape required() {
    constraints.required = true;
    return this;
  }

  /** A violation is told alone, however many there are. */
  public Shape alone() {
    constraints.alone = true;
    return this;
  }

  /** Where this member is missing, nothing is told alone. */
  public Shape together() {
    constraints.together = true;
    return this;
  }

  /** The keys of this map are names of tables. */
  public Shape ofTables() {
    constraints.tables = true;
    return this;
  }

  /** Fewest and most characters, elements or entries. */
  public Shape size(int min, int max) {
    constraints.minSize = min;
    constraints.maxSize = max;
    return this;
  }

  /** Least and greatest value of a number. */
  public Shape range(long min, long max) {
    constraints.minValue = min;
    constraints.maxValue = max;
    return this;
  }

  /** What a text must be, as a whole. */
  public Shape pattern(String pattern) {
    constraints.pattern = Pattern.compile(pattern);
    return this;
  }

  /** The ARN of a table is as good as its name. */
  public Shape orArn() {
    constraints.arn = true;
    return this;
  }

  /** The texts that are allowed, in the order in which AWS names them. */
  public Shape oneOf(String... values) {
    constraints.values = List.of(values);
    return this;
  }

  /** Another text than those that are allowed is refused with this before all else. */
  public Shape orBare(String message) {
    constraints.bare = message;
    return this;
  }

  /** The class whose object AWS shows where it shows this structure. */
  public Shape named(String name) {
    javaName = name;
    return this;
  }

  /** The class of which AWS shows no more than a hash. */
  public Shape hashed(String name) {
    hashed = true;
    return named(name);
  }

  /** A value of this shape as AWS shows it in a refusal. */
  public String shown(Object value) {
    return Echo.of(value, this);
  }

  /**
   * Reads the body of a request and checks what its model says.
   *
   * @throws EngineException SerializationException if it is not of this shape, ValidationException
   *     if a constraint is not met
   */
  public Request request(JsonParser parser) throws IOException {
    parser.nextToken();
    JsonShapes.startObject(parser, "structure");
    Request request = (Request) BodyReader.read(this, parser);
    if (parser.nextToken() != null) {
      throw EngineException.serialization(null);
    }
    check(request);
    return request;
  }

  /** Checks a request against the constraints of its members. */
  public void check(Request request) {
    Violations violations = new Violations(modern);
    new BodyChecker(violations).members(this, request, "");
    violations.complain();
  }

  Type type() {
    return type;
  }

  Shape element() {
    return element;
  }

  Map<String, Shape> members() {
    return members;
  }

  Constraints constraints() {
    return constraints;
  }

  String javaName() {
    return javaName;
  }

  boolean isHashed() {
    return hashed;
  }

  AttributeReader values(JsonParser parser) {
    return new AttributeReader(parser, modern, fullExponents);
  }
}

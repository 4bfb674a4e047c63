package com.cruddur.ddb.dynamo.dryrun;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition in DynamoDB's language, as far as ddb itself writes it: comparisons, {@code BETWEEN},
 * {@code begins_with}, {@code attribute_exists} and {@code attribute_not_exists} of top-level
 * attributes, joined by {@code AND}. Anything else is refused, never guessed.
 */
final class Expression {
  private static final Pattern TOKEN = Pattern.compile("\\s*([#:\\w.]+|<>|<=|>=|[=<>(),])");

  /** One part: an attribute, what is asked of it, and the values it is held against. */
  private record Term(String attribute, String operator, List<AttributeValue> values) {}

  private final List<Term> terms = new ArrayList<>();
  private final String text;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;

  private Expression(String text, Map<String, String> names, Map<String, AttributeValue> values) {
    this.text = text;
    this.names = names;
    this.values = values;
    Deque<String> tokens = tokens(text);
    terms.add(term(tokens));
    while (!tokens.isEmpty()) {
      expect(tokens, "AND");
      terms.add(term(tokens));
    }
  }

  /**
   * Reads a condition.
   *
   * @param text null for none, which every item fulfils
   * @throws UnsupportedOperationException when it says what ddb never says
   */
  static Optional<Expression> of(
      String text, Map<String, String> names, Map<String, AttributeValue> values) {
    return text == null ? Optional.empty() : Optional.of(new Expression(text, names, values));
  }

  private Deque<String> tokens(String source) {
    Deque<String> tokens = new ArrayDeque<>();
    Matcher matcher = TOKEN.matcher(source.strip());
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end < source.strip().length()) {
      throw unknown();
    }
    return tokens;
  }

  private Term term(Deque<String> tokens) {
    String first = next(tokens);
    if ("(".equals(tokens.peek())) {
      next(tokens);
      String attribute = name(next(tokens));
      List<AttributeValue> operands = new ArrayList<>();
      if (first.equals("begins_with")) {
        expect(tokens, ",");
        operands.add(value(tokens));
      } else if (!first.equals("attribute_exists") && !first.equals("attribute_not_exists")) {
        throw unknown();
      }
      expect(tokens, ")");
      return new Term(attribute, first, operands);
    }
    String operator = next(tokens);
    if (operator.equals("IN")) {
      return new Term(name(first), operator, list(tokens));
    }
    List<AttributeValue> operands = new ArrayList<>(List.of(value(tokens)));
    if (operator.equals("BETWEEN")) {
      expect(tokens, "AND");
      operands.add(value(tokens));
    }
    return new Term(name(first), operator, operands);
  }

  private List<AttributeValue> list(Deque<String> tokens) {
    expect(tokens, "(");
    List<AttributeValue> operands = new ArrayList<>(List.of(value(tokens)));
    while (",".equals(tokens.peek())) {
      next(tokens);
      operands.add(value(tokens));
    }
    expect(tokens, ")");
    return operands;
  }

  private String next(Deque<String> tokens) {
    if (tokens.isEmpty()) {
      throw unknown();
    }
    return tokens.remove();
  }

  private void expect(Deque<String> tokens, String token) {
    if (!next(tokens).equals(token)) {
      throw unknown();
    }
  }

  private String name(String token) {
    String name = token.startsWith("#") ? names.get(token) : token;
    if (name == null || name.startsWith(":") || (!token.startsWith("#") && name.contains("."))) {
      throw unknown();
    }
    return name;
  }

  private AttributeValue value(Deque<String> tokens) {
    AttributeValue value = values.get(next(tokens));
    if (value == null) {
      throw unknown();
    }
    return value;
  }

  private UnsupportedOperationException unknown() {
    return new UnsupportedOperationException("a dry run cannot judge the condition " + text);
  }

  /** The text that an attribute must equal; empty when the condition does not say so. */
  Optional<String> equalTo(String attribute) {
    return terms.stream()
        .filter(term -> term.attribute.equals(attribute) && term.operator.equals("="))
        .map(term -> term.values.get(0).s())
        .findFirst();
  }

  /** Whether an item fulfils it; an empty one stands for none. */
  boolean matches(Map<String, AttributeValue> item) {
    return terms.stream().allMatch(term -> matches(term, item.get(term.attribute)));
  }

  private boolean matches(Term term, AttributeValue there) {
    if (term.operator.equals("attribute_exists") || there == null) {
      return there != null
          || term.operator.equals("attribute_not_exists")
          || term.operator.equals("<>");
    }
    return switch (term.operator) {
      case "attribute_not_exists" -> false;
      case "=" -> same(there, term.values.get(0));
      case "IN" -> term.values.stream().anyMatch(value -> same(there, value));
      case "<>" -> !same(there, term.values.get(0));
      case "begins_with" -> there.s() != null && there.s().startsWith(term.values.get(0).s());
      case "<" -> ordered(there, term.values.get(0)) && compare(there, term.values.get(0)) < 0;
      case "<=" -> ordered(there, term.values.get(0)) && compare(there, term.values.get(0)) <= 0;
      case ">" -> ordered(there, term.values.get(0)) && compare(there, term.values.get(0)) > 0;
      case ">=" -> ordered(there, term.values.get(0)) && compare(there, term.values.get(0)) >= 0;
      case "BETWEEN" ->
          ordered(there, term.values.get(0))
              && compare(there, term.values.get(0)) >= 0
              && compare(there, term.values.get(1)) <= 0;
      default -> throw unknown();
    };
  }

  private static boolean same(AttributeValue one, AttributeValue other) {
    return ordered(one, other) ? compare(one, other) == 0 : one.equals(other);
  }

  private static boolean ordered(AttributeValue one, AttributeValue other) {
    return (one.s() != null && other.s() != null) || (one.n() != null && other.n() != null);
  }

  private static int compare(AttributeValue one, AttributeValue other) {
    return one.s() == null
        ? new BigDecimal(one.n()).compareTo(new BigDecimal(other.n()))
        : compare(one.s(), other.s());
  }

  /** DynamoDB's order of texts: that of their UTF-8 bytes. */
  static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}

package com.cruddur.ddb.engine.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.EngineException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionRefusalTest {

  private static final Map<String, String> NAMES = Map.of("#a", "a", "#data", "data");
  private static final Map<String, AttributeValue> VALUES =
      Map.of(
          ":s", new S("x"),
          ":t", new S("a"),
          ":n", new N("1"),
          ":b", new Bool(true),
          ":l", new L(List.of()));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The expression can not be empty;",
        "a|Syntax error; token: \"<EOF>\", near: \"a\"",
        "a = |Syntax error; token: \"<EOF>\", near: \"=\"",
        "a == :s|Syntax error; token: \"=\", near: \"== :s\"",
        "a = :s b|Syntax error; token: \"b\", near: \":s b\"",
        "a = $|Syntax error; token: \"$\", near: \"= $\"",
        "(a = :s|Syntax error; token: \"<EOF>\", near: \":s\"",
        "((a = :s))|The expression has redundant parentheses;",
        "((a)) = :s|The expression has redundant parentheses;",
        "((attribute_exists(a)))|The expression has redundant parentheses;",
        "foo(a)|Invalid function name; function: foo",
        "if_not_exists(a, :s)|The function is not allowed in a condition expression; function:"
            + " if_not_exists",
        "size(a)|The function is not allowed to be used this way in an expression; function: size",
        "attribute_exists(a) = :b|The function is not allowed to be used this way in an expression;"
            + " function: attribute_exists",
        "data = :s|Attribute name is a reserved keyword; reserved keyword: data",
        "#x = :s|An expression attribute name used in the document path is not defined; attribute"
            + " name: #x",
        "a = :x|An expression attribute value used in expression is not defined; attribute value:"
            + " :x",
        "begins_with(a)|Incorrect number of operands for operator or function; operator or"
            + " function: begins_with, number of operands: 1",
        "begins_with(a, :n)|Incorrect operand type for operator or function; operator or function:"
            + " begins_with, operand type: N",
        "attribute_exists(:s)|Operator or function requires a document path; operator or function:"
            + " attribute_exists",
        "attribute_type(a, :n)|Incorrect operand type for operator or function; operator or"
            + " function: attribute_type, operand type: N",
        "attribute_type(a, size(b))|Incorrect operand type for operator or function; operator or"
            + " function: attribute_type, operand type: N",
        "a BETWEEN ((b)).c AND d|The expression has redundant parentheses;",
        "attribute_type(a, :s)|Invalid attribute type name found; type: x, valid types:"
            + " {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
        "size(:n) = :n|Incorrect operand type for operator or function; operator or function: size,"
            + " operand type: N",
        "a < :b|Incorrect operand type for operator or function; operator or function: <, operand"
            + " type: BOOL",
        "a BETWEEN :s AND :t|The BETWEEN operator requires upper bound to be greater than or equal"
            + " to lower bound; lower bound operand: AttributeValue: {S:x}, upper bound operand:"
            + " AttributeValue: {S:a}",
        "a BETWEEN :s AND :n|The BETWEEN operator requires same data type for lower and upper"
            + " bounds; lower bound operand: AttributeValue: {S:x}, upper bound operand:"
            + " AttributeValue: {N:1}",
        "a = #a|The first operand must be distinct from the remaining operands for this operator or"
            + " function; operator: =, first operand: [a]",
        "contains(#data, #data)|The first operand must be distinct from the remaining operands for"
            + " this operator or function; operator: contains, first operand: [data]",
        "a[99999999999] = :s|List index is not within the allowable range; index: [99999999999]",
        "a[x] = :s|Syntax error; token: \"x\", near: \"[x]\"",
      })
  void aConditionIsRefusedInAwssWords(String text, String message) {
    assertRefused("Invalid ConditionExpression: " + message, () -> expressions().condition(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The expression can not be empty;",
        "INVALID SYNTAX HERE|Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\"",
        "SET a|Syntax error; token: \"<EOF>\", near: \"a\"",
        "SET a = :s SET b = :s|The \"SET\" section can only be used once in an update expression;",
        "SET a = set|Syntax error; token: \"set\", near: \"= set\"",
        "SET a = list_append(:s, a), c = if_not_exists(b) ADD d :s|Incorrect operand type for"
            + " operator or function; operator: ADD, operand type: STRING, typeSet:"
            + " ALLOWED_FOR_ADD_OPERAND",
        "SET _b = :s|Syntax error; token: \"_\", near: \"SET _b\"",
        "SET a = list_append(list_append(b, c), d)|The function is not allowed to be used this way"
            + " in an expression; function: list_append",
        "SET size = :s|Attribute name is a reserved keyword; reserved keyword: size",
        "SET a = :x|An expression attribute value used in expression is not defined; attribute"
            + " value: :x",
        "SET #x = :s|An expression attribute name used in the document path is not defined;"
            + " attribute name: #x",
        "SET a = :s, a = :t|Two document paths overlap with each other; must remove or rewrite one"
            + " of these paths; path one: [a], path two: [a]",
        "SET a.b = :s REMOVE a|Two document paths overlap with each other; must remove or rewrite"
            + " one of these paths; path one: [a, b], path two: [a]",
        "SET a.b = :s, a[1] = :s|Two document paths conflict with each other; must remove or"
            + " rewrite one of these paths; path one: [a, b], path two: [a, [1]]",
        "SET a = foo(b)|Invalid function name; function: foo",
        "SET a = size(b)|The function is not allowed in an update expression; function: size",
        "SET a = b + :s|Incorrect operand type for operator or function; operator or function: +,"
            + " operand type: S",
        "SET a = list_append(b, :s)|Incorrect operand type for operator or function; operator or"
            + " function: list_append, operand type: S",
        "SET a = if_not_exists(:s, :s)|Operator or function requires a document path; operator or"
            + " function: if_not_exists",
        "SET a = if_not_exists(b)|Incorrect number of operands for operator or function; operator"
            + " or function: if_not_exists, number of operands: 1",
        "ADD a :s|Incorrect operand type for operator or function; operator: ADD, operand type:"
            + " STRING, typeSet: ALLOWED_FOR_ADD_OPERAND",
        "DELETE a :n|Incorrect operand type for operator or function; operator: DELETE, operand"
            + " type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
      })
  void anUpdateIsRefusedInAwssWords(String text, String message) {
    assertRefused("Invalid UpdateExpression: " + message, () -> expressions().update(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a, a.b|Two document paths overlap with each other; must remove or rewrite one of these"
            + " paths; path one: [a], path two: [a, b]",
        "a[0], a.b|Two document paths conflict with each other; must remove or rewrite one of these"
            + " paths; path one: [a, [0]], path two: [a, b]",
        "a,|Syntax error; token: \"<EOF>\", near: \",\"",
        "name|Attribute name is a reserved keyword; reserved keyword: name",
      })
  void aProjectionIsRefusedInAwssWords(String text, String message) {
    assertRefused("Invalid ProjectionExpression: " + message, () -> expressions().projection(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a = :s OR b = :s|Invalid operator used in KeyConditionExpression: OR",
        "NOT a = :s|Invalid operator used in KeyConditionExpression: NOT",
        "a <> :s|Invalid operator used in KeyConditionExpression: <>",
        "a IN (:s)|Invalid operator used in KeyConditionExpression: IN",
        "contains(a, :s)|Invalid operator used in KeyConditionExpression: contains",
        "a = :s AND b.c = :s|KeyConditionExpressions cannot have conditions on nested attributes",
        "a = :s AND a > :t|KeyConditionExpressions must only contain one condition per key",
        "begins_with(a, :n) AND b = :x|Incorrect operand type for operator or function; operator or"
            + " function: begins_with, operand type: N",
        "b = :x AND begins_with(a, :n)|An expression attribute value used in expression is not"
            + " defined; attribute value: :x",
        "a.b = c|KeyConditionExpressions cannot have conditions on nested attributes",
        "a = b.c|Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
            + " condition",
        "a BETWEEN b AND size(c)|Invalid condition in KeyConditionExpression: Multiple attribute"
            + " names used in one condition",
        "a BETWEEN size(b) AND size(c)|KeyConditionExpressions cannot contain nested operations",
        ":s BETWEEN size(a) AND size(b)|Invalid condition in KeyConditionExpression: BETWEEN"
            + " operator must have the key attribute as its first operand",
        "a = b|Invalid condition in KeyConditionExpression: Multiple attribute names used in one"
            + " condition",
      })
  void aKeyConditionIsRefusedInAwssWords(String text, String message) {
    assertRefused(
        "Invalid KeyConditionExpression: " + message, () -> expressions().keyCondition(text));
  }

  @Test
  void placeholdersMustBeWellFormedUsedAndThere() {
    assertRefused(
        "ExpressionAttributeNames must not be empty", () -> new Placeholders(Map.of(), null));
    assertRefused(
        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"s\"",
        () -> new Placeholders(Map.of("s", "a"), null));
    assertRefused(
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \":a b\"",
        () -> new Placeholders(null, Map.of(":a b", new S("a"))));
    Expressions expressions =
        new Expressions(new Placeholders(null, new HashMap<>(Map.of(":v", new S("a")))));
    assertRefused(
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
        expressions::end);
  }

  @Test
  void anExpressionHasAtMostFourKilobytesAndThreeHundredOperators() {
    String tooLong = "a = :s".concat(" ".repeat(4091));
    assertRefused(
        "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 4097",
        () -> expressions().condition(tooLong));
    assertRefused(
        "Invalid FilterExpression: Expression size has exceeded the maximum allowed size;"
            + " expression size: 4097",
        () -> expressions().filter(tooLong));
    assertRefused(
        "Invalid KeyConditionExpression: Expression size has exceeded the maximum allowed size;",
        () -> expressions().keyCondition(tooLong));
    assertRefused(
        "Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;",
        () -> expressions().update("SET " + tooLong));
    assertRefused(
        "Invalid ProjectionExpression: Expression size has exceeded the maximum allowed size;",
        () -> expressions().projection("a".repeat(4097)));
    String conditions =
        IntStream.range(0, 151).mapToObj(i -> "a = :s").collect(Collectors.joining(" OR "));
    assertRefused(
        "Invalid FilterExpression: The expression contains too many operators; operator count: 301",
        () -> expressions().filter(conditions));
    String choices = String.join(",", java.util.Collections.nCopies(101, ":s"));
    assertRefused(
        "Invalid FilterExpression: The IN operator is provided with too many operands; number of"
            + " operands: 101",
        () -> expressions().filter("a IN (" + choices + ")"));
    String path = "a" + ".b".repeat(32);
    assertRefused(
        "Invalid FilterExpression: The document path has too many nesting levels; nesting levels:"
            + " 33",
        () -> expressions().filter(path + " = :s"));
    assertThrows(EngineException.class, () -> expressions().filter("(".repeat(4000) + "a"));
  }

  @Test
  void parenthesesNestAsDeepAsOperatorsDo() {
    assertRefused(
        "Invalid FilterExpression: The expression has redundant parentheses;",
        () -> expressions().filter("(".repeat(2045) + "a = :s" + ")".repeat(2045)));
    assertSame("NOT ".repeat(299) + "a = :s", "(NOT ".repeat(299) + "a = :s" + ")".repeat(299));
    assertSame(
        "a = :s OR ((a.b = :s AND a = :t) OR a = :t)",
        "((a) = (:s)) OR (((a).b = :s AND a = :t) OR a = :t)");
    assertSame("a.b = :s AND a.b.c[0] = :s", "((a).b) = :s AND (((a).b).c[0] = :s)");
    assertRefused(
        "Invalid FilterExpression: Syntax error; token: \"(\", near: \"size((\"",
        () -> expressions().filter("size((".repeat(300) + "a" + "))"));
  }

  private static void assertSame(String plain, String nested) {
    assertEquals(expressions().filter(plain), expressions().filter(nested));
  }

  private static Expressions expressions() {
    return new Expressions(new Placeholders(NAMES, VALUES));
  }

  private static void assertRefused(String message, Executable call) {
    EngineException refused = assertThrows(EngineException.class, call);
    assertEquals(message, refused.getMessage());
    assertEquals("ValidationException", refused.type());
  }
}

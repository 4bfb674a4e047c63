package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that AWS refuses, and where it says that their fault is. */
class StatementRefusalTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MANY =
      "{'TableName':'many','TableArn':'arn:many','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
          + "{'AttributeName':'g','AttributeType':'S'},{'AttributeName':'h','AttributeType':'S'}],"
          + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
          + "'GlobalSecondaryIndexes':[{'IndexName':'i','KeySchema':[{'AttributeName':'g','KeyType':'HASH'},"
          + "{'AttributeName':'h','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}]}";

  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL, MANY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "SLECT * FROM plain|Statement wasn't well formed, can't be processed: Expected data manipulation",
        "DELETE FROM plain WHERE pk = 'x' RETURNING ALL NEW *|Invalid returning clause: RETURNING ALL NEW *."
            + " Only RETURNING ALL OLD * is allowed in DELETE statements.",
        "SELECT * FROM \"\" WHERE pk = 'p'|Path component cannot be an empty string",
        "SELECT * FROM \"a\".\"b\".\"c\"|A path may contain at most 2 components in the FROM clause",
        "SELECT * FROM \"full\".\"none\"|The table does not have the specified index",
        "SELECT * FROM gone WHERE pk = 'p' AND v < true|Incorrect operand type for operator or function;"
            + " operator or function: <, operand type: BOOL",
        "UPDATE \"full\" SET v = 1 WHERE pk = 'p'|Where clause does not contain a mandatory equality on all key"
            + " attributes",
        "SELECT * FROM \"full\".\"part\" WHERE g = 'g' AND y = 'y'|One or more parameter values were invalid:"
            + " Secondary index part does not project one or more filter attributes: [y]",
        "SELECT y FROM \"full\".\"part\" WHERE g = 'g'|One or more parameter values were invalid: Global"
            + " secondary index part does not project [y]",
        "SELECT * FROM plain t WHERE pk = 'a'|Aliasing is not supported",
        "SELECT * FROM plain AS t WHERE pk = 'a'|Aliasing is not supported",
        "UPDATE plain t SET a = 3 WHERE pk = 'x'|Aliasing is not supported",
        "DELETE FROM plain WHERE pk = 'a' ORDER BY pk|Statement wasn't well formed, can't be processed: Unexpected"
            + " token after expression",
        "INSERT INTO plain VALUE {'pk': 'a'} foo|Statement wasn't well formed, can't be processed: Unexpected token"
            + " after expression",
        "SELECT * FROM plain WHERE n = 1 # note|Statement wasn't well formed, can't be processed: ",
        "SELECT * FROM plain WHERE n = 1 /* note|Statement wasn't well formed, can't be processed: ",
        "SELECT * FROM plain WHERE n = 1e99999999999|Statement wasn't well formed, can't be processed: ",
        "SELECT * FROM plain WHERE n = 1e|Statement wasn't well formed, can't be processed: ",
        "SELECT * FROM plain WHERE n = 1.2.3|Statement wasn't well formed, can't be processed: ",
        "SELECT * FROM plain WHERE n = 123456789012345678901234567890123456789|Attempting to store more than 38"
            + " significant digits in a Number under root",
        "SELECT * FROM plain WHERE n = 1e126|Number overflow. Attempting to store a number with magnitude larger"
            + " than supported range under root",
        "UPDATE plain SET s = set_add(s, <<>>) WHERE pk = 'a'|Empty bags are not supported",
        "UPDATE plain SET s = set_add(s, <<'x', 'x'>>) WHERE pk = 'a'|One or more parameter values were invalid:"
            + " Input collection [x, x] contains duplicates.",
        "INSERT INTO plain VALUE {'pk': 'a', 'm': {'x': 1e126}}|Number overflow. Attempting to store a number with"
            + " magnitude larger than supported range under root.x",
        "INSERT INTO plain VALUE {'pk': 'a', 'l': [1, [1e-131]]}|Number underflow. Attempting to store a number with"
            + " magnitude smaller than supported range under root[1][0]",
        "INSERT INTO plain VALUE {'pk': 'a', 's': set_add(<<'a'>>, <<'b'>>)}|Unsupported data type: set_add under"
            + " key root at 1:42:7",
        "SELECT size(s) FROM plain WHERE pk = 'a'|Unexpected path component at 1:8:4",
        "SELECT * FROM plain WHERE pk = 'a' AND EXISTS(s)|Unrecognized function: exists at 1:40:6",
        "~SELECT * FROM plain\nWHERE pk = 'a' AND set_add(s, <<'x'>>) = s~|Unrecognized function: set_add at 2:20:7",
        "SELECT * FROM plain WHERE attribute_exists()|Incorrect number of operands for operator or function; operator"
            + " or function: attribute_exists, number of operands: 0",
        "SELECT * FROM plain WHERE size() = 1|Incorrect number of operands for operator or function; operator or"
            + " function: size, number of operands: 0",
        "UPDATE plain SET t = set_add(s, <<'x'>>) WHERE pk = 'a'|The first argument to SET_ADD must equal the"
            + " assignment value at 1:22:7",
        "UPDATE plain SET s = set_delete(<<'x'>>, s) WHERE pk = 'a'|The first argument to SET_DELETE must equal the"
            + " assignment value at 1:22:10",
        "UPDATE plain SET s = set_add(s, 'x') WHERE pk = 'a'|The second argument to SET_ADD must be a value with type"
            + " SET at 1:30:1",
        "UPDATE plain SET s = set_add(s) WHERE pk = 'a'|SET_ADD must have exactly two arguments at 1:22:7",
        "SELECT * FROM plain WHERE;|Statement wasn't well formed, can't be processed: Unexpected term",
        "UPDATE plain SET a = 1 WHERE|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM plain WHERE NOT|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT * FROM plain WHERE pk = 'a' AND|Statement wasn't well formed, can't be processed: Missing"
            + " right-hand side expression of infix operator",
        "SELECT * FROM plain WHERE pk =|Statement wasn't well formed, can't be processed: Missing right-hand side"
            + " expression of infix operator",
        "SELECT * FROM plain WHERE ORDER BY pk|Statement wasn't well formed, can't be processed: Unexpected keyword",
        "SELECT * FROM plain WHERE date = 'a'|Statement wasn't well formed, can't be processed: Unexpected keyword",
        "SELECT * FROM plain WHERE m.date = 'a'|Statement wasn't well formed, can't be processed: Invalid path dot"
            + " component",
        "SELECT * FROM plain WHERE IS NULL|Statement wasn't well formed, can't be processed: Unexpected operator",
        "SELECT * FROM plain WHERE pk = LIKE|Statement wasn't well formed, can't be processed: Unexpected operator",
        "SELECT * FROM plain WHERE (pk = 'a'|Statement wasn't well formed, can't be processed: Expected RIGHT_PAREN",
        "x IS DOUBLE PRECISION|Unsupported operation: IsType",
        "SELECT * FROM plain WHERE x IS FOO|Statement wasn't well formed, can't be processed: Expected type name",
        "DELETE FROM;|Statement wasn't well formed, can't be processed: Expected identifier for simple path",
        "DELETE FROM WHERE pk = 'a'|Statement wasn't well formed, can't be processed: Expected identifier for"
            + " simple path",
        "UPDATE plain SET a 1 WHERE pk = 'a'|Statement wasn't well formed, can't be processed: Expected '='",
        "FROM plain SET a = 1|Where clause does not contain a mandatory equality on all key attributes",
        "FROM plain SET a = 1 WHERE pk = 'a'|Statement wasn't well formed, can't be processed: Unexpected token"
            + " after expression",
        "SELECT l[-1] FROM plain|List index is not within the allowable range; index: [-1] at 1:11:1",
        "SELECT l[2147483648] FROM plain|List index is not within the allowable range; index: [2147483648] at"
            + " 1:10:10",
        "UPDATE plain SET s = set_add(s, <<2, 2.0>>) WHERE pk = 'a'|One or more parameter values were invalid:"
            + " Input collection [2, 2.0] contains duplicates! under root",
        "UPDATE plain SET a = [?] WHERE pk = 'a'|Unsupported data type: Parameter under key root[0] at 1:23:1",
        "INSERT INTO plain VALUE {'pk': 'a', 'm': {'k': ?}}|Unsupported data type: Parameter under key root.k at"
            + " 1:48:1",
        "UPDATE plain SET a = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] WHERE pk ="
            + " 'a'|Nesting Levels have exceeded supported limits under"
            + " root[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]",
        "UPDATE plain SET a = 'x' + 1 WHERE pk = 'a'|Incorrect operand type for operator or function; operator or"
            + " function: +, operand type: S",
        "SELECT * FROM plain WHERE attribute_exists(v) > false|Incorrect operand type for operator or function;"
            + " operator or function: >, operand type: BOOL",
        "INSERT INTO \"full\".\"global\" VALUE {'pk': 'a'}|FROM clause may only contain a single table name",
        "UPDATE \"full\".\"global\" SET v = 1 WHERE pk = 'a' AND sk = 'a'|This operation is not supported on an index",
        "FROM \"full\".\"global\" WHERE pk = 'a' AND sk = 'a' SET v = 1|This operation is not supported on an index",
        "DELETE FROM \"full\".\"global\" WHERE pk = 'a' AND sk = 'a'|This operation is not supported on an index",
        "SELECT * FROM many.i WHERE g = 5|PartiQL statements cannot be executed on tables with multi-attribute HASH keys"
            + " or multi-attribute RANGE keys.",
        "SELECT COUNT(*) FROM many.i|PartiQL statements cannot be executed on tables with multi-attribute HASH keys"
            + " or multi-attribute RANGE keys.",
        "SELECT COUNT(*) FROM many.i WHERE|Statement wasn't well formed, can't be processed: Unexpected term",
        "SELECT pk, size(a) FROM \"full\".\"global\"|Unexpected path component at 1:12:4",
        "SELECT pk, size(a), max(b) FROM plain|Unexpected path component at 1:12:4",
        "SELECT * FROM \"full\" WHERE pk = 'a' AND sk IN [[], 'c']|Key attribute's data type should match its data type"
            + " in table's schema: Key sk",
        "SELECT * FROM \"full\" WHERE pk = 'a' AND (sk = true OR sk = false)|Key attribute's data type should match its"
            + " data type in table's schema: Key sk",
        "INSERT INTO plain VALUE {'pk': 'a', '': 1}|Empty attribute name",
        "INSERT INTO plain VALUE {'pk': 'a', 'm': {'n': {'': 1}}}|Empty attribute name",
        "UPDATE plain SET \"\" = 1 WHERE pk = 'a'|Path component cannot be an empty string",
        "UPDATE plain REMOVE m.\"\" WHERE pk = 'a'|Path component cannot be an empty string",
        "SELECT m[''] FROM plain WHERE pk = 'a'|Path component cannot be an empty string",
        "UPDATE plain SET a = 1, b = 2, a = 3 WHERE pk = 'a'|Two document paths overlap with each other; must remove or"
            + " rewrite one of these paths; path one: [a], path two: [a]",
        "UPDATE plain SET a = list_append(a, 'x') WHERE pk = 'a'|Incorrect operand type for operator or function;"
            + " operator or function: list_append, operand type: S",
        "UPDATE plain SET a = if_not_exists(1, 2) WHERE pk = 'a'|Operator or function requires a document path;"
            + " operator or function: if_not_exists",
        "UPDATE plain SET m.n = 1 REMOVE m WHERE pk = 'a'|Two document paths overlap with each other; must remove or"
            + " rewrite one of these paths; path one: [m, n], path two: [m]",
        "SELECT * FROM plain WHERE pk = 1e2147483647|Number underflow. Attempting to store a number with magnitude"
            + " smaller than supported range under root",
        "SELECT * FROM \"full\" ORDER BY sk|Must have WHERE clause in the statement when using ORDER BY clause.",
        "SELECT * FROM \"full\" WHERE pk = 'a' ORDER BY v|Attribute v in ORDER BY clause must be part of the primary"
            + " key",
        "SELECT * FROM \"full\" WHERE pk > 'a' ORDER BY sk|Must have at least one non-optional hash key condition in"
            + " WHERE clause when using ORDER BY clause.",
        "SELECT * FROM \"full\" WHERE pk IN ['a', 'b'] ORDER BY sk|Must have hash key in ORDER BY clause when more than"
            + " one hash key condition specified in WHERE clause.",
        "SELECT * FROM plain LIMIT 5|Unsupported clause: LIMIT at 1:27:1",
        "SELECT v, m.v FROM plain|Duplicate identifiers in select clause: v",
        "EXISTS(SELECT * FROM plain WHERE pk = 'a' AND v = 1)|EXISTS can only be used in ExecuteTransaction write"
            + " requests.",
        "INSERT INTO plain VALUE {'pk': 'a', 's': <<1, 'a'>>}|Unsupported data type in Bag. DynamoDB only supports"
            + " either numbers or strings in bags",
        "SELECT * FROM plain WHERE pk = ?|Number of parameters in request and statement don't match.",
      })
  void aStatementIsRefusedInAwssWords(String statement, String message) {
    assertEquals("ValidationException: " + message, refusal(statement));
  }

  @Test
  void aReadOfABatchOrATransactionMayNotAskWhetherAttributesAreThere() {
    String statement = "SELECT * FROM plain WHERE pk = 'a' AND attribute_exists(v)";
    String only = "must specify the primary key in the where clause.";
    assertEquals(
        "ValidationException: Validation failed in TransactStatements[0]: Select statements within"
            + " ExecuteTransaction "
            + only,
        Tables.refusal(
            () -> tables.send("ExecuteTransaction", of("TransactStatements", statement))));
    assertEquals(
        "Select statements within BatchExecuteStatement " + only,
        tables
            .send("BatchExecuteStatement", of("Statements", statement))
            .at("/Responses/0/Error/Message")
            .textValue());
  }

  @Test
  void aTokenIsGoodForWhatItWasGivenFor() {
    for (String pk : new String[] {"a", "b"}) {
      String item = "{'pk': '" + pk + "', 'sk': 's', 'g': 'g', 'n': 1}";
      tables.send("ExecuteStatement", statement("INSERT INTO \"full\" VALUE " + item).toString());
    }
    ObjectNode request = statement("SELECT pk FROM \"full\".\"global\" WHERE g = 'g'");
    JsonNode page = tables.send("ExecuteStatement", request.put("Limit", 1).toString());
    request.set("NextToken", page.get("NextToken"));
    JsonNode next = tables.send("ExecuteStatement", request.toString());
    assertNotEquals(page.get("Items"), next.get("Items"));
    request.put("Statement", "SELECT pk FROM \"full\".\"part\" WHERE g = 'g'");
    assertEquals(
        "ValidationException: NextToken does not match request",
        Tables.refusal(() -> tables.send("ExecuteStatement", request.toString())));
  }

  private static ObjectNode statement(String text) {
    return JSON.createObjectNode().put("Statement", text);
  }

  private static String of(String members, String statement) {
    ObjectNode request = JSON.createObjectNode();
    request.putArray(members).addObject().put("Statement", statement);
    return request.toString();
  }

  private String refusal(String statement) {
    String request = statement(statement).toString();
    return Tables.refusal(() -> tables.send("ExecuteStatement", request));
  }
}

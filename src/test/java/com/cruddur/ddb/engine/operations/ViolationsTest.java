package com.cruddur.ddb.engine.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cruddur.ddb.engine.item.AttributeValue;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Violations of AWS's model of its API: which are told together, and how they show a request. */
class ViolationsTest {
  private final Tables tables = new Tables(Tables.PLAIN, Tables.FULL);

  @Test
  void aBadNameOfATableInABatchIsToldWithTheRequestAsAwsShowsIt() {
    String names =
        " at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint:"
            + " [Member must have length less than or equal to 255, Member must have length greater"
            + " than or equal to 3, Member must satisfy regular expression pattern:"
            + " [a-zA-Z0-9_.-]+]";
    String unknown =
        "Value 'X' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy"
            + " enum value set: [INDEXES, TOTAL, NONE]";
    String get = "{'RequestItems':{'bad!name':{'Keys':[{'pk':{'S':'a'}}]}}";
    String shown = "Value '{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}}'" + names;
    assertRefused("1 validation error detected: " + shown, "BatchGetItem", get + "}");
    assertRefused(
        "2 validation errors detected: " + shown + "; " + unknown,
        "BatchGetItem",
        get + ",'ReturnConsumedCapacity':'X'}");
    assertThat(
            tables.refusal("BatchGetItem", "{'RequestItems':{'b!d':{'Keys':[{'pk':{'N':'x'}}]}}}"))
        .startsWith("ValidationException: 1 validation error detected: Value '{\"b!d\":{")
        .endsWith(names);
    String put = "{'RequestItems':{'bad!name':[{'PutRequest':{'Item':{'pk':{'S':'a'}}}}]}";
    String hash = Integer.toHexString(new AttributeValue.S("a").hashCode());
    assertRefused(
        "1 validation error detected: Value '{bad!name=[WriteRequest(putRequest=PutRequest(item="
            + "{pk=com.amazonaws.dynamodb.v20120810.AttributeValue@"
            + hash
            + "}, workloadProfileName=null), deleteRequest=null)]}'"
            + names,
        "BatchWriteItem",
        put + "}");
    assertRefused(
        "1 validation error detected: " + unknown,
        "BatchWriteItem",
        put + ",'ReturnConsumedCapacity':'X'}");
  }

  @Test
  void ofAWriteWithoutItsItemOrKeyAllViolationsAreTold() {
    String empty =
        "Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than"
            + " or equal to 1";
    String name = "{'TableName':'','ReturnConsumedCapacity':'X','ReturnValues':'Y'";
    String all =
        "4 validation errors detected: Value 'X' at 'returnConsumedCapacity' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; "
            + empty
            + "; Value 'Y' at 'returnValues' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; Value null at '%s'"
            + " failed to satisfy constraint: Member must not be null";
    assertRefused(all.formatted("key"), "UpdateItem", name + "}");
    assertRefused(all.formatted("key"), "DeleteItem", name + "}");
    assertRefused(all.formatted("item"), "PutItem", name + "}");
    assertRefused(
        "1 validation error detected: " + empty, "UpdateItem", name + ",'Key':{'pk':{'S':'a'}}}");
  }

  @Test
  void queryTellsAnUnknownConditionalOperatorBareAndBeforeAllElse() {
    String filter =
        "'b':{'ComparisonOperator':'NULL'},'c':{'ComparisonOperator':'NULL'}},"
            + "'ConditionalOperator':'XOR','Select':'X'}";
    assertRefused(
        "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]",
        "Query",
        "{'TableName':'plain','QueryFilter':{" + filter);
    assertRefused(
        "2 validation errors detected: Value 'X' at 'select' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES,"
            + " ALL_PROJECTED_ATTRIBUTES]; Value 'XOR' at 'conditionalOperator' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [OR, AND]",
        "Scan",
        "{'TableName':'plain','ScanFilter':{" + filter);
  }

  @Test
  void listsThatAreTooLongAreShownWithoutTheirValues() {
    String put = "{'Put':{'TableName':'plain','Item':{'pk':{'S':'secret'}}}}";
    String get = "{'Get':{'TableName':'plain','Key':{'pk':{'S':'secret'}}}}";
    String shown =
        "ValidationException: 1 validation error detected: Value '\\[(com\\.amazonaws\\.dynamodb"
            + "\\.v20120810\\.%s@[0-9a-f]+(, )?){101}]' at 'transactItems' failed to satisfy"
            + " constraint: Member must have length less than or equal to 100";
    assertThat(tables.refusal("TransactWriteItems", "{'TransactItems':[" + many(put) + "]}"))
        .matches(shown.formatted("TransactWriteItem"));
    assertThat(tables.refusal("TransactGetItems", "{'TransactItems':[" + many(get) + "]}"))
        .matches(shown.formatted("TransactGetItem"));
  }

  private void assertRefused(String message, String operation, String request) {
    assertEquals("ValidationException: " + message, tables.refusal(operation, request));
  }

  private static String many(String action) {
    return String.join(",", Collections.nCopies(101, action));
  }
}

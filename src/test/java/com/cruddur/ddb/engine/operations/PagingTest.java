package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of any size are together what one read gives, each item once and in order. */
class PagingTest {

  private static final List<String> READS =
      List.of(
          "Scan|{'TableName':'full'%s}",
          "Scan|{'TableName':'full','IndexName':'global'%s}",
          "Scan|{'TableName':'full','IndexName':'local'%s}",
          "Query|{'TableName':'full','KeyConditionExpression':'pk = :v','ExpressionAttributeValues':"
              + "{':v':{'S':'p1'}}%s}",
          "Query|{'TableName':'full','IndexName':'local','KeyConditionExpression':'pk ="
              + " :v','ExpressionAttributeValues':{':v':{'S':'p1'}}%s}",
          "Query|{'TableName':'full','IndexName':'global','KeyConditionExpression':'g = :v AND n >="
              + " :n','ExpressionAttributeValues':{':v':{'S':'g1'},':n':{'N':'-2'}}%s}",
          "Query|{'TableName':'full','IndexName':'part','KeyConditionExpression':'g ="
              + " :v','ExpressionAttributeValues':{':v':{'S':'g0'}}%s}");

  private final Random random = new Random(20261128);
  private final Tables tables = new Tables(Tables.FULL);

  @BeforeEach
  void fill() {
    for (int i = 0; i < 300; i++) {
      String item =
          "'pk':{'S':'p" + random.nextInt(4) + "'},'sk':{'S':'s" + random.nextInt(60) + "'}";
      item += random.nextBoolean() ? ",'l':{'S':'l" + random.nextInt(3) + "'}" : "";
      item += random.nextBoolean() ? ",'g':{'S':'g" + random.nextInt(3) + "'}" : "";
      item += random.nextBoolean() ? ",'n':{'N':'" + (random.nextInt(9) - 4) + "'}" : "";
      tables.call("PutItem", "{'TableName':'full','Item':{" + item + "}}");
    }
    for (int i = 0; i < 60; i++) {
      tables.call(
          "DeleteItem",
          "{'TableName':'full','Key':{'pk':{'S':'p"
              + random.nextInt(4)
              + "'},'sk':{'S':'s"
              + i
              + "'}}}");
    }
  }

  @Test
  void pagesOfAnySizeAreTogetherWhatOneReadGives() {
    for (String read : READS) {
      for (boolean forward : new boolean[] {true, false}) {
        if (!forward && read.startsWith("Scan")) {
          continue;
        }
        String order = forward ? "" : ",'ScanIndexForward':false";
        List<JsonNode> whole = items(read, order);
        assertTrue(whole.size() > 3, read);
        assertEquals(whole.size(), new HashSet<>(whole).size());
        for (int limit = 1; limit < 9; limit += 3) {
          assertEquals(whole, pages(read, order, limit), read + order + " by " + limit);
        }
      }
    }
  }

  @Test
  void aQueryBackwardsIsTheQueryForwardsTurnedRound() {
    for (String read : READS) {
      if (read.startsWith("Query")) {
        List<JsonNode> backwards = items(read, ",'ScanIndexForward':false");
        Collections.reverse(backwards);
        assertEquals(items(read, ""), backwards);
      }
    }
  }

  @Test
  void segmentsOfTableAndIndexAreTogetherTheWhole() {
    for (String read : READS) {
      if (read.startsWith("Scan")) {
        List<JsonNode> found = new ArrayList<>();
        for (int segment = 0; segment < 5; segment++) {
          found.addAll(pages(read, ",'TotalSegments':5,'Segment':" + segment, 7));
        }
        assertEquals(items(read, ""), found);
      }
    }
  }

  private List<JsonNode> items(String read, String more) {
    return pages(read, more, 100_000);
  }

  private List<JsonNode> pages(String read, String more, int limit) {
    String operation = read.substring(0, read.indexOf('|'));
    String request = read.substring(read.indexOf('|') + 1);
    List<JsonNode> found = new ArrayList<>();
    String start = "";
    while (true) {
      JsonNode page = tables.call(operation, request.formatted(more + ",'Limit':" + limit + start));
      page.get("Items").forEach(found::add);
      JsonNode last = page.get("LastEvaluatedKey");
      if (last == null) {
        return found;
      }
      start = ",'ExclusiveStartKey':" + last;
    }
  }
}

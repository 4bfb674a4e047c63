package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Timestamps;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The requests of the read patterns: built here for the store that runs and those that explain. */
public final class Requests {
  private static final Pattern READ = Pattern.compile("Get|BatchGet|Query|Scan|Describe|List");

  private Requests() {}

  /** Pattern A: the messages of a conversation. */
  public static QueryRequest messages(String table, MessageQuery query) {
    String pk = Keys.messages(query.groupUuid());
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":pk", AttributeValue.fromS(pk));
    String condition = "pk = :pk";
    if (query.since() != null) {
      values.put(":since", AttributeValue.fromS(Timestamps.lowerBound(query.since())));
    }
    if (query.until() != null) {
      values.put(":until", AttributeValue.fromS(Timestamps.upperBound(query.until())));
    }
    if (query.since() != null && query.until() != null) {
      condition += " AND sk BETWEEN :since AND :until";
    } else if (query.since() != null) {
      condition += " AND sk >= :since";
    } else if (query.until() != null) {
      condition += " AND sk <= :until";
    }
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression(condition)
        .expressionAttributeValues(values)
        .scanIndexForward(query.oldestFirst())
        .limit(limit(query.limit(), query.ahead()))
        .consistentRead(query.consistent() ? Boolean.TRUE : null)
        .exclusiveStartKey(within(values, PageTokens.of(table, query).startKey(query.token())))
        .build();
  }

  /** DynamoDB refuses a start outside of the condition. */
  private static Map<String, AttributeValue> within(
      Map<String, AttributeValue> values, Map<String, AttributeValue> start) {
    if (start != null) {
      String sk = start.get(Keys.SK).s();
      boolean before = values.containsKey(":since") && sk.compareTo(values.get(":since").s()) < 0;
      boolean after = values.containsKey(":until") && sk.compareTo(values.get(":until").s()) > 0;
      if (before || after) {
        throw new InvalidInputException(
            "the token is one of another stretch of time, it is at " + sk,
            "Use it with the --since and --until of the command that printed it.");
      }
    }
    return start;
  }

  private static int limit(int limit, boolean ahead) {
    return ahead && limit < Integer.MAX_VALUE ? limit + 1 : limit;
  }

  /** Pattern B: the conversations of a user. */
  public static QueryRequest conversations(String table, ConversationQuery query) {
    String pk = Keys.conversations(query.userUuid());
    return partition(table, pk)
        .scanIndexForward(false)
        .limit(limit(query.limit(), query.ahead()))
        .consistentRead(query.consistent() ? Boolean.TRUE : null)
        .exclusiveStartKey(PageTokens.of(table, query).startKey(query.token()))
        .build();
  }

  /** The conversation's rows as the index shows them. */
  public static QueryRequest indexedRows(String table, String groupUuid) {
    return QueryRequest.builder()
        .tableName(table)
        .indexName(TableSchema.INDEX)
        .keyConditionExpression("message_group_uuid = :group")
        .expressionAttributeValues(Map.of(":group", AttributeValue.fromS(groupUuid)))
        .build();
  }

  /** A whole partition, in order of time. */
  public static QueryRequest.Builder partition(String table, String pk) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("pk = :pk")
        .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)));
  }

  /** Whether a request changes nothing, by its name. */
  public static boolean isRead(SdkRequest request) {
    return READ.matcher(request.getClass().getSimpleName()).lookingAt();
  }
}

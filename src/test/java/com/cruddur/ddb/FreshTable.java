package com.cruddur.ddb;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A new table in the embedded stack, and what stands in it, read strongly consistent. */
public final class FreshTable {
  /** One for all tests: making a client takes longer than most of them. */
  private static final DynamoDbClient CLIENT =
      clients(TestStack.endpoint(), new CapacityMeter(false)).dynamoDb();

  private final String name;

  public FreshTable() {
    this(TestStack.newTableName());
    new TableAdmin(CLIENT).load(name, new TableSchema.Options(false, 0, 0, false));
  }

  private FreshTable(String name) {
    this.name = name;
  }

  /** One that is still to be made. */
  public static FreshTable absent() {
    return new FreshTable(TestStack.newTableName());
  }

  /** Clients for a url, with dummy keys. */
  public static DynamoDbClients clients(String endpoint, ExecutionInterceptor interceptor) {
    return new DynamoDbClients(target(endpoint), "ddb/test", interceptor);
  }

  /** The same with another limit on the time of a call. */
  public static DynamoDbClients clients(String endpoint, Duration timeout) {
    AwsEnvironment environment = AwsEnvironment.NONE;
    return new DynamoDbClients(target(endpoint), environment, "ddb/test", List.of(), timeout);
  }

  /** Production, so that stubs are not asked for a table whose account is local. */
  private static Target target(String endpoint) {
    return new Target(
        Target.Kind.PROD,
        URI.create(endpoint),
        "us-east-1",
        null,
        "local",
        "local",
        Target.DEFAULT_TABLE);
  }

  public String name() {
    return name;
  }

  public DynamoDbClient client() {
    return CLIENT;
  }

  public DynamoDbConversationStore store() {
    return new DynamoDbConversationStore(CLIENT, name);
  }

  public void put(Map<String, AttributeValue> item) {
    CLIENT.putItem(request -> request.tableName(name).item(item));
  }

  public void put(Message message) {
    put(Items.item(message));
  }

  public void put(ConversationRow row) {
    put(Items.item(row));
  }

  public void delete(ConversationRow row) {
    delete(Items.item(row));
  }

  public void delete(Message message) {
    delete(Items.item(message));
  }

  private void delete(Map<String, AttributeValue> item) {
    CLIENT.deleteItem(
        request ->
            request
                .tableName(name)
                .key(Map.of(Keys.PK, item.get(Keys.PK), Keys.SK, item.get(Keys.SK))));
  }

  /** Every item of a partition, in order of the sort key. */
  public List<Map<String, AttributeValue>> partition(String pk) {
    return CLIENT
        .queryPaginator(
            request ->
                request
                    .tableName(name)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                    .consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  /** A user's rows of every conversation. */
  public List<ConversationRow> rows(String userUuid) {
    return partition(Keys.conversations(userUuid)).stream().map(Items::row).toList();
  }

  public List<Message> messages(String groupUuid) {
    return partition(Keys.messages(groupUuid)).stream().map(Items::message).toList();
  }

  /** Every item of the table. */
  public List<Map<String, AttributeValue>> items() {
    return CLIENT
        .scanPaginator(request -> request.tableName(name).consistentRead(true))
        .items()
        .stream()
        .toList();
  }
}

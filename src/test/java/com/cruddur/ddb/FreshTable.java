package com.cruddur.ddb;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.User;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A new table in the embedded stack, filled and looked at in the terms of the domain; {@link
 * MessageTable} is one as another program sees it, and has the users of both.
 */
public final class FreshTable implements AutoCloseable {
  public static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  public static final String OTHER_GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700400";

  /** One for all tests: making a client takes longer than most of them. */
  private static final DynamoDbClient CLIENT =
      clients(TestStack.endpoint(), new CapacityMeter(false)).dynamoDb();

  private final String name;

  public FreshTable() {
    this(false);
  }

  /** With a stream or without, which is faster. */
  public FreshTable(boolean stream) {
    this(TestStack.newTableName());
    new TableAdmin(CLIENT).load(name, new TableSchema.Options(false, 0, 0, stream));
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

  public Reconciler reconciler() {
    return new Reconciler(store(), Backoff.jittered());
  }

  /** Close it. */
  public static DynamoDbStreamsClient streams() {
    return clients(TestStack.endpoint(), new CapacityMeter(false)).streams();
  }

  public String streamArn() {
    return new TableAdmin(CLIENT).describe(name).latestStreamArn();
  }

  /** Starts a conversation of two with its first message and both rows. */
  public Message start(String group, User from, User to, String at, String text) {
    Message first = new Message(group, at, "first-" + group, text, from);
    put(first);
    put(ConversationRow.of(from.uuid(), to, first));
    put(ConversationRow.of(to.uuid(), from, first));
    return first;
  }

  /** Puts a message as another program does: the rows do not move. */
  public Message put(String group, User from, String at, String text) {
    Message message = new Message(group, at, UUID.randomUUID().toString(), text, from);
    put(message);
    return message;
  }

  /** Puts an item of these strings besides its keys. */
  public void putItem(String pk, String sk, Map<String, String> more) {
    Map<String, AttributeValue> item = new HashMap<>();
    more.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    item.put(Keys.PK, AttributeValue.fromS(pk));
    item.put(Keys.SK, AttributeValue.fromS(sk));
    put(item);
  }

  /** A user's list, latest first. */
  public List<ConversationRow> list(User user) {
    return store().conversations(new ConversationQuery(user.uuid(), 100, null)).items();
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

  /** Deletes the table. */
  @Override
  public void close() {
    CLIENT.deleteTable(request -> request.tableName(name));
  }
}

package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A table of the test stack. What it is filled and looked at with in strings goes the way of
 * another program, by the bare SDK; what it takes and gives in terms of the domain goes through
 * ddb's store.
 */
public final class MessageTable implements AutoCloseable {
  public static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  public static final String OTHER_GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700400";

  public static final User ANDREW =
      new User("877825ee-e493-4985-b4f5-463550043614", "Andrew Brown", "andrewbrown");
  public static final User BAYKO =
      new User("3b1ad0e5-e539-45bc-a8a7-9847c237d2a7", "Andrew Bayko", "bayko");
  public static final User LONDO =
      new User("b099376a-2250-48b1-a815-3ed1d43d7963", "Londo Mollari", "londo");

  private static final class Client {
    static final DynamoDbClient SHARED =
        DynamoDbClient.builder()
            .endpointOverride(URI.create(TestStack.endpoint()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("other", "program")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  /** One for all tests: making a client takes longer than most of them. */
  private static final class Own {
    static final DynamoDbClient CLIENT =
        TestStack.clients(TestStack.endpoint(), new CapacityMeter(false)).dynamoDb();
  }

  private final String name;

  private MessageTable(String name) {
    this.name = name;
  }

  /** A new table, as schema-load makes it. */
  public static MessageTable create() {
    MessageTable table = absent();
    DdbRunner.Result result = table.ddb("schema-load");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    return table;
  }

  /** A new table without a stream, which is made faster. */
  public static MessageTable withoutStream() {
    return made(false);
  }

  /** A new table with a stream, as schema-load makes it, without a command line. */
  public static MessageTable withStream() {
    return made(true);
  }

  private static MessageTable made(boolean stream) {
    MessageTable table = absent();
    new TableAdmin(Own.CLIENT).load(table.name, new TableSchema.Options(false, 0, 0, stream));
    return table;
  }

  /** A new table as the scripts that came before ddb made it: without index and stream. */
  public static MessageTable withoutIndex(boolean provisioned) {
    MessageTable table = absent();
    client()
        .createTable(
            request -> {
              request
                  .tableName(table.name)
                  .attributeDefinitions(
                      a -> a.attributeName("pk").attributeType(ScalarAttributeType.S),
                      a -> a.attributeName("sk").attributeType(ScalarAttributeType.S))
                  .keySchema(
                      k -> k.attributeName("pk").keyType(KeyType.HASH),
                      k -> k.attributeName("sk").keyType(KeyType.RANGE));
              if (provisioned) {
                request.provisionedThroughput(t -> t.readCapacityUnits(5L).writeCapacityUnits(5L));
              } else {
                request.billingMode(BillingMode.PAY_PER_REQUEST);
              }
            });
    return table;
  }

  /** The name of a table that does not exist. */
  public static MessageTable absent() {
    return new MessageTable(TestStack.newTableName());
  }

  /** A client of the test stack that nobody needs to close. */
  public static DynamoDbClient client() {
    return Client.SHARED;
  }

  /** ddb's own client of the test stack; nobody needs to close it. */
  public static DynamoDbClient ownClient() {
    return Own.CLIENT;
  }

  public DynamoDbConversationStore store() {
    return new DynamoDbConversationStore(Own.CLIENT, name);
  }

  public Reconciler reconciler() {
    return new Reconciler(store(), Backoff.jittered());
  }

  public String streamArn() {
    return describe().latestStreamArn();
  }

  public static String uuid() {
    return UUID.randomUUID().toString();
  }

  public String name() {
    return name;
  }

  public DdbRunner runner() {
    return DdbRunner.on(name);
  }

  /** Runs a command line on this table. */
  public DdbRunner.Result ddb(String... args) {
    return runner().execute(args);
  }

  public TableDescription describe() {
    return client().describeTable(request -> request.tableName(name)).table();
  }

  public boolean exists() {
    try {
      describe();
      return true;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }

  /** Puts an item of string attributes. */
  public void put(String... namesAndValues) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      item.put(namesAndValues[i], AttributeValue.fromS(namesAndValues[i + 1]));
    }
    put(item);
  }

  public void put(Map<String, AttributeValue> item) {
    client().putItem(request -> request.tableName(name).item(item));
  }

  /** Puts an item of these strings besides its keys. */
  public void putItem(String pk, String sk, Map<String, String> more) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    more.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    item.put(Keys.PK, AttributeValue.fromS(pk));
    item.put(Keys.SK, AttributeValue.fromS(sk));
    put(item);
  }

  public void put(Message message) {
    put(Items.item(message));
  }

  public void put(ConversationRow row) {
    put(Items.item(row));
  }

  /** Puts a message and moves no row. */
  public Message put(String group, User from, String at, String text) {
    Message message = new Message(group, at, uuid(), text, from);
    put(message);
    return message;
  }

  /** Starts a conversation of two with its first message and both rows. */
  public Message start(String group, User from, User to, String at, String text) {
    Message first = new Message(group, at, "first-" + group, text, from);
    put(first);
    put(ConversationRow.of(from.uuid(), to, first));
    put(ConversationRow.of(to.uuid(), from, first));
    return first;
  }

  public void delete(Message message) {
    delete(Items.item(message));
  }

  public void delete(ConversationRow row) {
    delete(Items.item(row));
  }

  private void delete(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>(item);
    key.keySet().retainAll(Set.of(Keys.PK, Keys.SK));
    client().deleteItem(request -> request.tableName(name).key(key));
  }

  /** A user's list as ddb reads it, latest first. */
  public List<ConversationRow> list(User user) {
    return store().conversations(new ConversationQuery(user.uuid(), 100, null)).items();
  }

  /** A message as another program writes it; its uuid is returned. */
  public String message(String group, String at, User sender, String text) {
    String uuid = uuid();
    put(
        "pk",
        "MSG#" + group,
        "sk",
        at,
        "message_uuid",
        uuid,
        "message",
        text,
        "user_uuid",
        sender.uuid(),
        "user_display_name",
        sender.displayName(),
        "user_handle",
        sender.handle());
    return uuid;
  }

  /** A row of the owner's list as another program writes it. */
  public void row(User owner, String group, String at, User other, String text) {
    put(
        "pk",
        "GRP#" + owner.uuid(),
        "sk",
        at,
        "message_group_uuid",
        group,
        "message",
        text,
        "user_uuid",
        other.uuid(),
        "user_display_name",
        other.displayName(),
        "user_handle",
        other.handle());
  }

  /** A conversation of Andrew Brown and Andrew Bayko with one message; its uuid is returned. */
  public String conversation(String at, String text) {
    return conversation(ANDREW, BAYKO, at, text);
  }

  /** A conversation with one message of the first user's; its uuid is returned. */
  public String conversation(User first, User second, String at, String text) {
    String group = uuid();
    message(group, at, first, text);
    row(first, group, at, second, text);
    row(second, group, at, first, text);
    return group;
  }

  /** The items of a partition, by sort key, strings only. */
  public List<Map<String, String>> partition(String pk) {
    return partitionItems(pk).stream().map(MessageTable::strings).toList();
  }

  /** The items of a partition, by sort key, read strongly consistent. */
  public List<Map<String, AttributeValue>> partitionItems(String pk) {
    return client()
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

  /** The messages of a conversation, by sort key. */
  public List<Message> storedMessages(String groupUuid) {
    return partitionItems(Keys.messages(groupUuid)).stream().map(Items::message).toList();
  }

  /** A user's rows, by sort key. */
  public List<ConversationRow> storedRows(String userUuid) {
    return partitionItems(Keys.conversations(userUuid)).stream().map(Items::row).toList();
  }

  /** The messages of a conversation, oldest first. */
  public List<Map<String, String>> messages(String group) {
    return partition("MSG#" + group);
  }

  /** A user's rows, oldest first. */
  public List<Map<String, String>> rows(User owner) {
    return partition("GRP#" + owner.uuid());
  }

  public List<Map<String, AttributeValue>> items() {
    return client()
        .scanPaginator(request -> request.tableName(name).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  /**
   * Asserts that each participant has exactly one row of the conversation, at its newest message.
   */
  public void assertTrue(String group, User... participants) {
    List<Map<String, String>> messages = messages(group);
    Map<String, String> newest = messages.get(messages.size() - 1);
    for (User participant : participants) {
      assertThat(rows(participant).stream().filter(r -> group.equals(r.get("message_group_uuid"))))
          .as("rows of " + participant.handle())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("sk")).isEqualTo(newest.get("sk"));
                assertThat(row.get("message")).isEqualTo(newest.get("message"));
                assertThat(row.get("user_uuid")).isNotEqualTo(participant.uuid());
              });
    }
  }

  /** Deletes the table. */
  @Override
  public void close() {
    client().deleteTable(request -> request.tableName(name));
  }

  private static Map<String, String> strings(Map<String, AttributeValue> item) {
    Map<String, String> strings = new LinkedHashMap<>();
    item.forEach((name, value) -> strings.put(name, value.s()));
    return strings;
  }
}

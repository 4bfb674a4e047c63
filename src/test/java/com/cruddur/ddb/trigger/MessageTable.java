package com.cruddur.ddb.trigger;

import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore.RowWrite;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A fresh table with its stream on the test stack, and what tests do with it. */
public final class MessageTable implements AutoCloseable {
  public static final User ANDREW =
      new User("0e8a4c43-7a5c-4f0e-8f3d-111111111111", "Andrew Brown", "andrewbrown");
  public static final User BAYKO =
      new User("0e8a4c43-7a5c-4f0e-8f3d-222222222222", "Andrew Bayko", "bayko");
  public static final User LONDO =
      new User("0e8a4c43-7a5c-4f0e-8f3d-333333333333", "Londo Mollari", "londo");
  public static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  public static final String OTHER_GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700400";

  public final String name = TestStack.newTableName();
  public final DynamoDbClients clients;
  public final DynamoDbClient client;
  public final DynamoDbConversationStore store;
  public final Reconciler reconciler;

  public MessageTable() {
    this(true);
  }

  public MessageTable(boolean stream) {
    Target target =
        new Target(
            Target.Kind.ENDPOINT,
            URI.create(TestStack.endpoint()),
            "us-east-1",
            null,
            "local",
            "local",
            name);
    clients = new DynamoDbClients(target, "ddb/test", new CapacityMeter(false));
    client = clients.dynamoDb();
    new TableAdmin(client).load(name, new TableSchema.Options(false, 0, 0, stream));
    store = new DynamoDbConversationStore(client, name);
    reconciler = new Reconciler(store, Backoff.jittered());
  }

  public DynamoDbStreamsClient streams() {
    return clients.streams();
  }

  public String streamArn() {
    return new TableAdmin(client).describe(name).latestStreamArn();
  }

  /** Starts a conversation of two with its first message and both rows. */
  public Message start(String group, User from, User to, String at, String text) {
    Message first = new Message(group, at, "first-" + group, text, from);
    List<ConversationRow> rows =
        List.of(
            ConversationRow.of(from.uuid(), to, first), ConversationRow.of(to.uuid(), from, first));
    if (store.start(first, rows) != RowWrite.DONE) {
      throw new IllegalStateException("a key is taken at " + at);
    }
    return first;
  }

  /** Puts a message as another program does: the rows do not move. */
  public Message put(String group, User from, String at, String text) {
    Message message = new Message(group, at, UUID.randomUUID().toString(), text, from);
    client.putItem(r -> r.tableName(name).item(Items.item(message)));
    return message;
  }

  public void putItem(String pk, String sk, Map<String, String> more) {
    client.putItem(r -> r.tableName(name).item(item(pk, sk, more)));
  }

  public void putRow(ConversationRow row) {
    client.putItem(r -> r.tableName(name).item(Items.item(row)));
  }

  private static Map<String, AttributeValue> item(String pk, String sk, Map<String, String> more) {
    Map<String, AttributeValue> item = new HashMap<>();
    more.forEach((k, v) -> item.put(k, AttributeValue.fromS(v)));
    item.put("pk", AttributeValue.fromS(pk));
    item.put("sk", AttributeValue.fromS(sk));
    return item;
  }

  /** A user's list, latest first. */
  public List<ConversationRow> list(User user) {
    return store.conversations(new ConversationQuery(user.uuid(), 100, null)).items();
  }

  @Override
  public void close() {
    client.deleteTable(r -> r.tableName(name));
    client.close();
  }
}

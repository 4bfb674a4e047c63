package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A fresh table, users to talk in it, and a seeder for it. */
public final class SeedFixture implements AutoCloseable {
  static final User ANDREW = MessageTable.ANDREW;
  static final User BAYKO = MessageTable.BAYKO;
  static final User WORF = new User("0f4b6a52-9b9c-4f0d-8dd4-5f0cfe3f1e2a", "Worf", "worf");
  static final String GROUP = "5ae290ed-55d1-47a0-bc6d-fe2bc2700399";
  static final String OTHER_GROUP = "8a1b7f0e-58a1-4f0a-9f6e-0d6f5a1c2b3d";
  static final Instant UNTIL = Instant.parse("2024-03-01T12:00:00Z");
  static final String USERS_JSON =
      "\"users\":[" + user(ANDREW) + "," + user(BAYKO) + "," + user(WORF) + "]";

  private final MessageTable fresh = MessageTable.withoutStream();
  public final String table = fresh.name();
  public final DynamoDbClient client = MessageTable.ownClient();
  final ConversationStore store = fresh.store();
  public final List<Reject> rejects = new ArrayList<>();
  public final Set<String> changed = new TreeSet<>();
  public final List<String> notes = new ArrayList<>();
  Instant until = UNTIL;
  boolean asked;

  static String user(User user) {
    return "{\"uuid\":\"%s\",\"display_name\":\"%s\",\"handle\":\"%s\"}"
        .formatted(user.uuid(), user.displayName(), user.handle());
  }

  static String message(String from, String text, String at) {
    return "{\"from\":\"%s\",\"message\":\"%s\",\"created_at\":\"%s\"}".formatted(from, text, at);
  }

  static String message(String from, String text, String at, String uuid) {
    return message(from, text, at).replaceFirst("}$", ",\"message_uuid\":\"" + uuid + "\"}");
  }

  static String conversation(String group, String one, String other, String... messages) {
    return "{\"message_group_uuid\":\"%s\",\"participants\":[\"%s\",\"%s\"],\"messages\":[%s]}"
        .formatted(group, one, other, String.join(",\n", messages));
  }

  static String document(String... conversations) {
    return "{" + USERS_JSON + ",\n\"conversations\":[\n" + String.join(",\n", conversations) + "]}";
  }

  static SeedInput file(String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new SeedInput(name, () -> new ByteArrayInputStream(bytes), true);
  }

  /** Fails when it is opened a second time. */
  public static SeedInput stdin(byte[] bytes) {
    AtomicInteger opened = new AtomicInteger();
    return new SeedInput(
        "<stdin>",
        () -> {
          if (opened.incrementAndGet() > 1) {
            throw new IOException("stdin cannot be opened again");
          }
          return new ByteArrayInputStream(bytes);
        });
  }

  public static byte[] gzip(String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  SeedAccount seed(String name, String content) {
    return seed(file(name, content));
  }

  SeedAccount seed(SeedInput... inputs) {
    return seed(client, store, inputs);
  }

  SeedAccount seed(DynamoDbClient through, ConversationStore over, SeedInput... inputs) {
    return seeder(through, over).seed(List.of(inputs));
  }

  public Seeder seeder() {
    return seeder(client, store);
  }

  private Seeder seeder(DynamoDbClient through, ConversationStore over) {
    UserDirectory nobody = reference -> Optional.empty();
    return new Seeder(
        over,
        new DynamoDbItemTable(through, table),
        new Reconciler(over, attempt -> {}),
        nobody,
        new Seeder.TranscriptEnd(until, asked),
        new BulkListener(rejects::add, progress -> {}, changed::add, notes::add));
  }

  /**
   * The table's client, which dies at a write: it and all later ones throw before they are sent.
   */
  DynamoDbClient dyingAtWrite(int number) {
    AtomicInteger writes = new AtomicInteger();
    Set<String> names =
        Set.of("putItem", "batchWriteItem", "transactWriteItems", "updateItem", "deleteItem");
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.isDefault()
                  && arguments != null
                  && arguments[0] instanceof java.util.function.Consumer) {
                return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              if (names.contains(method.getName()) && writes.incrementAndGet() >= number) {
                throw new KilledException();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The client, counting the queries that are made through it. */
  DynamoDbClient counting(AtomicInteger queries) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("query")) {
                queries.incrementAndGet();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** As if the process had ended. */
  static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** The messages of a conversation, oldest first, as {@code key handle: text}. */
  List<String> messages(String group) {
    return store.messages(new MessageQuery(group, 100_000, null, null, true, null)).items().stream()
        .map(m -> m.createdAt() + " " + m.sender().handle() + ": " + m.text())
        .toList();
  }

  List<String> texts(String group) {
    return store.messages(new MessageQuery(group, 100_000, null, null, true, null)).items().stream()
        .map(Message::text)
        .toList();
  }

  ConversationRow onlyRow(User owner, String group) {
    List<ConversationRow> rows = store.rows(owner.uuid(), group);
    if (rows.size() != 1) {
      throw new AssertionError(owner.handle() + " has " + rows.size() + " rows: " + rows);
    }
    return rows.get(0);
  }

  /** Everything in the table, by key. */
  public Map<String, Map<String, AttributeValue>> everything() {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    client
        .scanPaginator(r -> r.tableName(table).consistentRead(true))
        .items()
        .forEach(item -> items.put(item.get("pk").s() + " " + item.get("sk").s(), item));
    return items;
  }

  @Override
  public void close() {
    fresh.close();
  }
}

package com.cruddur.ddb.cache;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a page is written into the cache: {@code {"v":1,"lease":"…","next":null,"items":[["…",…],…]}}
 * with the text columns of an item in a fixed order. What the list's name already says (the
 * conversation, the owner) is left out, and so are attributes of rows that are not the model's.
 *
 * @param write an item's columns
 * @param read an item from its columns
 * @param valid whether an item's columns are what the model says: the cache may hold what others
 *     wrote
 */
record PageCodec<T>(
    Function<T, List<String>> write,
    Function<List<String>, T> read,
    Predicate<T> valid,
    int columns) {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  /** A page and the lease it was stored under. */
  record Stored<T>(String lease, Page<T> page) {}

  static PageCodec<Message> messages(String groupUuid) {
    return new PageCodec<>(
        m -> columns(m.createdAt(), m.uuid(), m.text(), m.sender()),
        c -> new Message(groupUuid, c.get(0), c.get(1), c.get(2), user(c)),
        m -> isValid(m.createdAt(), m.uuid(), m.sender()),
        6);
  }

  static PageCodec<ConversationRow> conversations(String userUuid) {
    return new PageCodec<>(
        r -> columns(r.lastMessageAt(), r.groupUuid(), r.message(), r.other()),
        c -> new ConversationRow(userUuid, c.get(1), c.get(0), c.get(2), user(c), Map.of()),
        r -> isValid(r.lastMessageAt(), r.groupUuid(), r.other()),
        6);
  }

  private static List<String> columns(String at, String uuid, String text, User user) {
    return List.of(at, uuid, text, user.uuid(), user.displayName(), user.handle());
  }

  private static boolean isValid(String at, String uuid, User user) {
    return Timestamps.parse(at).isPresent() && Uuids.isUuid(uuid) && Uuids.isUuid(user.uuid());
  }

  /** Whether all of a page can be read from the cache again. */
  boolean accepts(Page<T> page) {
    return page.items().stream().allMatch(valid);
  }

  private static User user(List<String> columns) {
    return new User(columns.get(3), columns.get(4), columns.get(5));
  }

  byte[] encode(String lease, Page<T> page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("v", VERSION);
      json.writeStringField("lease", lease);
      json.writeStringField("next", page.nextToken());
      json.writeArrayFieldStart("items");
      for (T item : page.items()) {
        json.writeArray(write.apply(item).toArray(new String[0]), 0, columns);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Empty when the bytes are no page of this version. */
  Optional<Stored<T>> decode(byte[] bytes) {
    try (JsonParser json = JSON.createParser(bytes)) {
      expect(json.nextToken() == JsonToken.START_OBJECT);
      expect("v".equals(json.nextFieldName()) && json.nextIntValue(0) == VERSION);
      expect("lease".equals(json.nextFieldName()));
      String lease = json.nextTextValue();
      expect(lease != null && "next".equals(json.nextFieldName()));
      String next = json.nextTextValue();
      expect("items".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY);
      List<T> items = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        T item = read.apply(columns(json));
        expect(valid.test(item));
        items.add(item);
      }
      expect(json.currentToken() == JsonToken.END_ARRAY);
      expect(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null);
      return Optional.of(new Stored<>(lease, new Page<>(items, next)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<String> columns(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>(columns);
    for (String text = json.nextTextValue(); text != null; text = json.nextTextValue()) {
      texts.add(text);
    }
    expect(texts.size() == columns && json.currentToken() == JsonToken.END_ARRAY);
    return texts;
  }

  private static void expect(boolean asWritten) throws IOException {
    if (!asWritten) {
      throw new IOException("not a page of version " + VERSION);
    }
  }
}

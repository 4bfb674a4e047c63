package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.text.Count;
import com.cruddur.ddb.text.Utf8;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The users file: JSON (an array of users, or an object whose {@code users} is one) or CSV with a
 * header, each user with uuid, display_name and handle.
 */
public final class UsersFile implements UserDirectory {
  /** A file of nobody. */
  public static final UsersFile EMPTY = new UsersFile(List.of());

  /** It is held in memory. */
  private static final long MOST_BYTES = 64L << 20;

  private final Map<String, User> byUuid = new HashMap<>();
  private final Map<String, User> byHandle = new HashMap<>();

  private UsersFile(List<User> users) {
    for (User user : users) {
      byUuid.put(user.uuid(), user);
      byHandle.put(user.handle(), user);
    }
  }

  @Override
  public Set<String> handles() {
    return byHandle.keySet();
  }

  @Override
  public Optional<User> find(String reference) {
    return Optional.ofNullable(byUuid.get(reference))
        .or(() -> Optional.ofNullable(byHandle.get(reference)));
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException that names the file and what is wrong with it
   */
  public static UsersFile read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw broken(file, "has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      String text = Utf8.withoutMark(Utf8.decode(Files.readAllBytes(file))).strip();
      if (text.isEmpty()) {
        throw broken(file, "is empty");
      }
      boolean json = text.startsWith("[") || text.startsWith("{");
      return new UsersFile(json ? json(text, file) : csv(text, file));
    } catch (NoSuchFileException e) {
      throw broken(file, "does not exist");
    } catch (Utf8.NotUtf8Exception e) {
      throw broken(file, e.getMessage());
    } catch (JsonProcessingException e) {
      throw broken(file, "is not JSON: line " + e.getLocation().getLineNr());
    } catch (IOException e) {
      throw broken(file, "cannot be read: " + e.getMessage());
    } catch (CsvParseException e) {
      throw broken(file, "is not CSV: " + e.getMessage());
    }
  }

  private static List<User> json(String text, Path file) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME
            && !parser.currentName().equals("users")) {
          parser.nextToken();
          parser.skipChildren();
        }
        parser.nextToken();
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw broken(file, "has no list of users");
      }
      List<User> users = new ArrayList<>();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          fields.put(name, parser.getValueAsString());
          parser.skipChildren();
        }
        users.add(user(fields, file, users.size() + 1));
      }
      if (parser.currentToken() != JsonToken.END_ARRAY) {
        throw broken(
            file, "has something else than a user after " + Count.of(users.size(), "user"));
      }
      return users;
    }
  }

  private static List<User> csv(String text, Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      List<User> users = new ArrayList<>();
      for (NamedCsvRecord line : reader) {
        users.add(user(line.getFieldsAsMap(), file, users.size() + 1));
      }
      return users;
    }
  }

  private static User user(Map<String, String> fields, Path file, int number) {
    for (String name : List.of("uuid", "display_name", "handle")) {
      String value = fields.get(name);
      if (value == null || value.isBlank()) {
        throw broken(file, "has no " + name + " for user " + number);
      }
    }
    return new User(
        fields.get("uuid").strip(),
        fields.get("display_name").strip(),
        UserDirectory.withoutAt(fields.get("handle").strip()));
  }

  private static InvalidInputException broken(Path file, String why) {
    return new InvalidInputException(
        "the users file " + file + " " + why,
        "It is JSON or CSV with uuid, display_name and handle of each user.");
  }
}

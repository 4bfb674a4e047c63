package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.file.SortedRuns;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The conversations of findings that a check has written, as ndjson or as one json document, plain
 * or gzipped: those that have more than notes, each with the users whose rows are named, in order
 * of their uuids. Memory does not grow with the file.
 */
public final class SuspectsFile implements Iterable<Map.Entry<String, Set<String>>>, Closeable {
  private static final String GROUP = "message_group_uuid";
  private static final String ITEMS = "items";

  /** Held in bytes, before findings go to disk. */
  private static final long MEMORY = 32L << 20;

  private final String name;
  private final SortedRuns findings = new SortedRuns(MEMORY);
  private long conversations;
  private long others;

  private SuspectsFile(String name) {
    this.name = name;
  }

  /**
   * Reads it to its end.
   *
   * @throws InvalidInputException for what no check has written
   */
  public static SuspectsFile read(SeedInput input) throws IOException {
    SuspectsFile file = new SuspectsFile(input.name());
    try (InputStream in = OpenInput.plain(input.opener().open());
        JsonParser json = ItemWriter.MAPPER.createParser(in)) {
      while (json.nextToken() != null) {
        file.read(json);
      }
      for (var each = file.iterator(); each.hasNext(); each.next()) {
        file.conversations++;
      }
      return file;
    } catch (JsonProcessingException e) {
      file.close();
      throw file.foreign(e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void read(JsonParser json) throws IOException {
    // A document may hold any number of findings: none of them is kept as a tree.
    if (json.currentToken() == JsonToken.START_OBJECT
        && ITEMS.equals(json.nextFieldName())
        && json.nextToken() == JsonToken.START_ARRAY) {
      while (json.nextToken() != JsonToken.END_ARRAY) {
        add(json.readValueAsTree(), json.currentLocation().getLineNr());
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        json.skipChildren();
      }
    } else {
      add(json.readValueAsTree(), json.currentLocation().getLineNr());
    }
  }

  /** How many conversations there are. */
  public long conversations() {
    return conversations;
  }

  /** How many findings are about items of no conversation: nothing can be repaired about them. */
  public long others() {
    return others;
  }

  private void add(JsonNode record, int line) throws IOException {
    if (record.path(ITEMS).isArray()) {
      for (JsonNode item : record.path(ITEMS)) {
        add(item, line);
      }
      return;
    }
    String group = record.path(GROUP).asText(null);
    if (group == null || !record.hasNonNull("kind") || !Keys.fits(Keys.messages(group))) {
      throw foreign(line);
    }
    if (record.path("severity").asText("").equals("note")) {
      return;
    }
    if (group.isEmpty()) {
      others++;
    } else {
      String user = record.path("user_uuid").asText("");
      byte[] fitting = bytes(Keys.fits(Keys.conversations(user)) ? user : "");
      findings.add(SortedRuns.key(group, fitting), bytes(group));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private InvalidInputException foreign(int line) {
    return new InvalidInputException(
        name + ":" + line + " is not a finding of a check",
        "Name what 'ddb check --from-export PATH -o ndjson' has written.");
  }

  @Override
  public Iterator<Map.Entry<String, Set<String>>> iterator() {
    try {
      return new Grouped(findings.sorted());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Grouped implements Iterator<Map.Entry<String, Set<String>>> {
    private final SortedRuns.Cursor sorted;
    private SortedRuns.Entry ahead;

    Grouped(SortedRuns.Cursor sorted) throws IOException {
      this.sorted = sorted;
      this.ahead = sorted.next();
    }

    @Override
    public boolean hasNext() {
      return ahead != null;
    }

    @Override
    public Map.Entry<String, Set<String>> next() {
      if (ahead == null) {
        throw new NoSuchElementException();
      }
      byte[] group = ahead.value();
      int begin = SortedRuns.key(text(group)).length;
      Set<String> users = new LinkedHashSet<>(2);
      try {
        for (; ahead != null && Arrays.equals(group, ahead.value()); ahead = sorted.next()) {
          byte[] key = ahead.key();
          if (key.length > begin) {
            users.add(text(Arrays.copyOfRange(key, begin, key.length)));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.entry(text(group), users);
    }
  }

  @Override
  public void close() throws IOException {
    findings.close();
  }
}

package com.cruddur.ddb.bulk;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.Keys;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Findings that a check has written, as ndjson or as one json document, plain or gzipped. */
public final class SuspectsFile {
  private static final String GROUP = "message_group_uuid";

  private final String name;
  private final Map<String, Set<String>> owners = new LinkedHashMap<>();
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
        MappingIterator<JsonNode> records =
            ItemWriter.MAPPER.readerFor(JsonNode.class).readValues(in)) {
      while (records.hasNextValue()) {
        file.add(records.nextValue(), records.getCurrentLocation().getLineNr());
      }
    } catch (JsonProcessingException e) {
      throw file.foreign(e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }
    return file;
  }

  /**
   * The conversations that have findings, notes left out, each with the users whose rows are named.
   */
  public Map<String, Set<String>> owners() {
    return owners;
  }

  /** How many findings are about items of no conversation: nothing can be repaired about them. */
  public long others() {
    return others;
  }

  private void add(JsonNode record, int line) {
    if (record.path("items").isArray()) {
      record.path("items").forEach(item -> add(item, line));
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
      Set<String> users = owners.computeIfAbsent(group, g -> new LinkedHashSet<>(2));
      String user = record.path("user_uuid").asText("");
      if (!user.isEmpty() && Keys.fits(Keys.conversations(user))) {
        users.add(user);
      }
    }
  }

  private InvalidInputException foreign(int line) {
    return new InvalidInputException(
        name + ":" + line + " is not a finding of a check",
        "Name what 'ddb check --from-export PATH -o ndjson' has written.");
  }
}

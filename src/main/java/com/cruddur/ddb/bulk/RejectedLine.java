package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A line of a file of rejects, {@code {"file":…,"line":…,"reason":…,"record":…}}: once its record
 * is repaired, the file can be fed again as it is.
 */
public final class RejectedLine {
  private static final Pattern BEGIN =
      Pattern.compile("^\\s*\\{\\s*\"file\"\\s*:\\s*\".*", Pattern.DOTALL);
  private static final int HEAD = 64;

  private RejectedLine() {}

  /** The begin of a file, with the record of its first line if that is one of rejects. */
  static String head(String text) {
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    try {
      byte[] line = first.getBytes(StandardCharsets.UTF_8);
      byte[] record = record(line);
      return record == line ? text : new String(record, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record of a line, if it is one of rejects that has one; else the line itself. */
  public static byte[] record(byte[] line) throws IOException {
    String head = new String(line, 0, Math.min(line.length, HEAD), StandardCharsets.UTF_8);
    if (!BEGIN.matcher(head).matches()) {
      return line;
    }
    try {
      JsonNode reject = ItemWriter.MAPPER.readTree(line);
      JsonNode record = reject.path("record");
      if (!reject.has("reason") || record.isMissingNode() || record.isNull()) {
        return line;
      }
      String text = record.isTextual() ? record.asText() : record.toString();
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      return line;
    }
  }
}

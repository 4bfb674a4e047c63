package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A line of a file of rejects, {@code {"file":…,"line":…,"reason":…,"record":…}}: once its record
 * is mended, the file can be fed again as it is.
 */
public final class RejectedLine {
  private static final Pattern BEGIN =
      Pattern.compile("^\\s*\\{\\s*\"file\"\\s*:\\s*\".*", Pattern.DOTALL);
  private static final int HEAD = 64;

  private RejectedLine() {}

  /** The record of a line, if it is one of rejects that has one; else the line itself. */
  public static byte[] record(byte[] line) throws IOException {
    String head = new String(line, 0, Math.min(line.length, HEAD), StandardCharsets.UTF_8);
    if (!BEGIN.matcher(head).matches()) {
      return line;
    }
    try {
      JsonNode reject = ItemWriter.PlainLines.MAPPER.readTree(line);
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

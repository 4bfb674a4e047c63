package com.cruddur.ddb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The seed input, in ndjson, of one conversation in which bayko writes to andrewbrown. */
public final class SeedLines {
  private SeedLines() {}

  /** Messages {@code m0}, {@code m1} and so on, a second apart. */
  public static Path write(Path file, String group, Instant first, int messages)
      throws IOException {
    return write(file, group, first, messages, i -> "m" + i);
  }

  /** Messages of other texts, which have nothing that JSON escapes. */
  public static Path write(
      Path file, String group, Instant first, int messages, IntFunction<String> text)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"bayko\",\"andrewbrown\"]}"
            .formatted(group));
    for (int i = 0; i < messages; i++) {
      lines.add(
          "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"bayko\",\"message\":\"%s\",\"created_at\":\"%s\"}"
              .formatted(group, text.apply(i), first.plusSeconds(i)));
    }
    return Files.write(file, lines);
  }
}

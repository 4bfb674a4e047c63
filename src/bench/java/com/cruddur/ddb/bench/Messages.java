package com.cruddur.ddb.bench;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Made-up messages by number, and the seed input that holds them. */
final class Messages {
  private static final int CONVERSATIONS = 100;

  /** Ten million end nine and a half years later: in the past, or each would be put by itself. */
  private static final Instant START = Instant.parse("2015-01-01T00:00:00Z");

  private static final List<String> GROUPS =
      IntStream.range(0, CONVERSATIONS).mapToObj(n -> Uuids.derived("bench", "" + n)).toList();
  private static final List<User> USERS =
      IntStream.rangeClosed(0, CONVERSATIONS)
          .mapToObj(n -> new User(Uuids.derived("user", "" + n), "User " + n, "user" + n))
          .toList();

  private Messages() {}

  private static String group(int number) {
    return GROUPS.get(number);
  }

  private static User user(int number) {
    return USERS.get(number);
  }

  /** Messages of all conversations in turn, half a minute apart. */
  static Message message(int number) {
    int conversation = number % CONVERSATIONS;
    return new Message(
        group(conversation),
        Timestamps.format(START.plusSeconds(30L * number)),
        new UUID(number, number).toString(),
        "message " + number + " of about the length that people write to each other",
        user(number / CONVERSATIONS % 2 == 0 ? conversation : conversation + 1));
  }

  /** The input, in a temporary file. */
  static Path input(int messages) throws IOException {
    Path file = Files.createTempFile("seed-ratio", ".ndjson");
    file.toFile().deleteOnExit();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = -2 * CONVERSATIONS - 1; i < messages; i++) {
        out.write(text(i));
        out.newLine();
      }
    }
    return file;
  }

  private static String text(int number) {
    if (number < -CONVERSATIONS) {
      User user = user(number + 2 * CONVERSATIONS + 1);
      return "{\"type\":\"user\",\"uuid\":\"%s\",\"display_name\":\"%s\",\"handle\":\"%s\"}"
          .formatted(user.uuid(), user.displayName(), user.handle());
    } else if (number < 0) {
      int c = number + CONVERSATIONS;
      return "{\"type\":\"conversation\",\"message_group_uuid\":\"%s\",\"participants\":[\"%s\",\"%s\"]}"
          .formatted(group(c), user(c).handle(), user(c + 1).handle());
    }
    Message m = message(number);
    return "{\"type\":\"message\",\"message_group_uuid\":\"%s\",\"from\":\"%s\",\"message\":\"%s\",\"created_at\":\"%s\",\"message_uuid\":\"%s\"}"
        .formatted(m.groupUuid(), m.sender().handle(), m.text(), m.createdAt(), m.uuid());
  }
}

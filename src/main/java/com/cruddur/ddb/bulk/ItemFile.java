package com.cruddur.ddb.bulk;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by its first bytes what an import cannot read, as a whole and by its name. */
public final class ItemFile {
  private static final Pattern FIRST_NAME = Pattern.compile("^\\{\\s*\"([^\"]*)\"\\s*:");

  /** By the first name of the first object. */
  private static final Map<String, String> WHOLES =
      Map.of(
          "users", "the file is input for seeding; load it with 'ddb seed'",
          "conversations", "the file is input for seeding; load it with 'ddb seed'",
          "type", "the file is input for seeding; load it with 'ddb seed'",
          "Items",
              "the file is an answer of 'aws dynamodb scan'; make lines of it:"
                  + " jq -c '.Items[] | {Item: .}'",
          "Records", "the file is an event of a stream, not an export",
          "version", "the file is a manifest; name its folder instead");

  private ItemFile() {}

  /** Why a file is not read at all, in one line; empty when it is. */
  public static Optional<String> foreign(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    if (FileKind.isBinaryIon(head)) {
      return Optional.of("the file is binary Ion; DynamoDB exports Ion as text");
    }
    return FileKind.of(head).map(FileKind::told).or(() -> json(text));
  }

  private static Optional<String> json(String text) {
    Matcher first = FIRST_NAME.matcher(RejectedLine.head(text));
    String whole = first.find() ? WHOLES.get(first.group(1)) : null;
    if (whole != null) {
      return Optional.of(whole);
    }
    Optional<String> chat = ChatExport.of(text);
    if (chat.isPresent()) {
      return chat;
    } else if (text.startsWith("[")) {
      return Optional.of("the file is a JSON list; items come as a line each: jq -c '.[]'");
    } else if (text.matches("(?s)\\{\\s*\\n.*")) {
      return Optional.of(
          "the file has items over several lines; they come as a line each: jq -c .");
    }
    return Optional.empty();
  }
}

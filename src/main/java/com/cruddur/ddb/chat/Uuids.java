package com.cruddur.ddb.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;

/** What counts as a uuid, and uuids derived from content. */
public final class Uuids {
  private static final String FORM = "00000000-0000-0000-0000-000000000000";

  /** The namespace of every uuid that ddb derives; itself a fixed random one. */
  private static final UUID NAMESPACE = UUID.fromString("6f0f3f5a-4b8e-4c55-9d6c-2f1f0f6f3c11");

  /** What the uuid of a forgotten user begins with: of version 8, which no generator makes. */
  private static final String FORGOTTEN = "f0000000-0000-8000-";

  private Uuids() {}

  /** True for the 36-character form, of any version, in either case. */
  public static boolean isUuid(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      if (FORM.charAt(i) == '-' ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  /**
   * The uuid in lower case, in which ddb writes them.
   *
   * @param what names the value in the error, such as "the conversation"
   * @throws InvalidInputException when it is no uuid
   */
  public static String require(String what, String text) {
    if (!isUuid(text)) {
      throw new InvalidInputException(
          what + " '" + text + "' is not a uuid",
          "A uuid looks like 5ae290ed-55d1-47a0-bc6d-fe2bc2700399.");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** A uuid in lower case, in which ddb writes them; what is none, null included, as it is. */
  public static String normalized(String text) {
    return text != null && isUuid(text) ? text.toLowerCase(Locale.ROOT) : text;
  }

  /** A uuid of version 5 (RFC 9562, SHA-1) from parts; the same parts give the same uuid. */
  public static String derived(String... parts) {
    MessageDigest sha1 = sha1();
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAMESPACE.getMostSignificantBits())
            .putLong(NAMESPACE.getLeastSignificantBits())
            .flip());
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      // The length first, so that ("ab", "c") and ("a", "bc") differ.
      sha1.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
      sha1.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
    long high = (hash.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** The uuid of a stand-in for a forgotten user in one conversation; see {@link UserErasure}. */
  public static String forgotten(String userUuid, String groupUuid) {
    String derived =
        derived("forgotten", userUuid.toLowerCase(Locale.ROOT), groupUuid.toLowerCase(Locale.ROOT));
    return FORGOTTEN + derived.substring(FORGOTTEN.length());
  }

  /** Whether a uuid stands for a forgotten user, who has no row and needs none. */
  public static boolean isForgotten(String uuid) {
    return uuid.startsWith(FORGOTTEN) && isUuid(uuid);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}

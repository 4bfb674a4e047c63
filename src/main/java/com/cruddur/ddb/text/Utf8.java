package com.cruddur.ddb.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The encoding of all text that is read, and what to do about text of another. */
public final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private Utf8() {}

  /** Text of another encoding. */
  public static final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String cure;

    private NotUtf8Exception(String what, String cure) {
      this.what = what;
      this.cure = cure;
    }

    /** What the text is, as in "is not UTF-8 text". */
    public String what() {
      return what;
    }

    /** How it becomes UTF-8, as a sentence. */
    public String hint() {
      return sentence(cure);
    }

    /** Both in one line. */
    @Override
    public String getMessage() {
      return what + "; " + cure;
    }
  }

  /**
   * Decodes a whole text, with its byte order mark.
   *
   * @throws NotUtf8Exception when it is another encoding's
   */
  public static String decode(byte[] text) throws NotUtf8Exception {
    Optional<String> other = otherEncoding(text);
    if (other.isPresent()) {
      throw new NotUtf8Exception("is " + family(other.get()) + ", not UTF-8", iconv(other.get()));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new NotUtf8Exception("is not UTF-8 text", cure(text));
    }
  }

  /** The text behind a byte order mark, which spreadsheets and editors put before it. */
  public static String withoutMark(String text) {
    return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
  }

  public static boolean isValid(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** What text that is not UTF-8 most likely is, and how it becomes so; the end of a sentence. */
  public static String cure(byte[] text) {
    return cure(hasWindowsBytes(text));
  }

  /**
   * The same of a byte that UTF-8 does not know.
   *
   * @param stray 128 to 255
   */
  public static String cure(int stray) {
    return cure(isWindows(stray));
  }

  private static String cure(boolean windows) {
    return windows
        ? "if it is Windows-1252, " + iconv("WINDOWS-1252")
        : "if it is Latin-1, " + iconv("latin1");
  }

  /** In Latin-1 these are control characters, which no text has. */
  private static boolean isWindows(int stray) {
    return (stray & 0xe0) == 0x80;
  }

  /** Looks at the bytes that belong to no character of UTF-8. */
  private static boolean hasWindowsBytes(byte[] text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer left = ByteBuffer.wrap(text);
    CharBuffer decoded = CharBuffer.allocate(8192);
    while (left.hasRemaining()) {
      CoderResult result = decoder.decode(left, decoded.clear(), true);
      for (int i = 0; result.isError() && i < result.length(); i++) {
        if (isWindows(left.get())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * UTF-16 or UTF-32, as iconv names it: by its byte order mark or, as of ASCII every other byte or
   * three of four are zero, by its first four bytes. Empty when it may be UTF-8.
   */
  public static Optional<String> otherEncoding(byte[] head) {
    if (begins(head, 0, 0, 0xfe, 0xff) || begins(head, 0xff, 0xfe, 0, 0)) {
      return Optional.of("UTF-32");
    } else if (begins(head, 0xfe, 0xff) || begins(head, 0xff, 0xfe)) {
      return Optional.of("UTF-16");
    } else if (head.length < 4) {
      return Optional.empty();
    }
    String zeros = "";
    for (int i = 0; i < 4; i++) {
      zeros += head[i] == 0 ? "0" : "x";
    }
    return switch (zeros) {
      case "x0x0" -> Optional.of("UTF-16LE");
      case "0x0x" -> Optional.of("UTF-16BE");
      case "x000" -> Optional.of("UTF-32LE");
      case "000x" -> Optional.of("UTF-32BE");
      default -> Optional.empty();
    };
  }

  /** {@code UTF-16} of {@code UTF-16LE}. */
  public static String family(String encoding) {
    return encoding.substring(0, "UTF-16".length());
  }

  /** How text of an encoding becomes UTF-8; the end of a sentence. */
  public static String iconv(String encoding) {
    return "'iconv -f " + encoding + " -t utf-8 FILE' converts it";
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private static boolean begins(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}

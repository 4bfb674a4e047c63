package com.cruddur.ddb.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The encoding of all text that is read, and what to do about text of another. */
public final class Utf8 {
  /** What most text that is not UTF-8 is, and how it becomes so; the end of a sentence. */
  public static final String CURE = "if it is Latin-1, 'iconv -f latin1 -t utf-8 FILE' converts it";

  /** The same as a hint of its own. */
  public static final String HINT =
      "If it is Latin-1, 'iconv -f latin1 -t utf-8 FILE' converts it.";

  private Utf8() {}

  public static boolean isValid(byte[] text) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

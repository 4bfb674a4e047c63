package com.cruddur.ddb.bulk.mask;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stand-ins for words, uuids, numbers and bytes, made with a secret key: whoever does not have it
 * cannot tell what stood there, nor try words out. The same comes for the same, everywhere and in
 * every run with the same key. For any number of threads.
 */
final class StandIns {
  private static final String HMAC = "HmacSHA256";
  private static final int MOST_KEPT = 50_000;

  private final SecretKeySpec key;
  private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  StandIns(byte[] secret) {
    this.key = new SecretKeySpec(secret, HMAC);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** 32 bytes that follow from the key, a use and a text. */
  private byte[] hash(char use, String text) {
    String of = use + text;
    byte[] known = kept.get(of);
    if (known == null) {
      known = macs.get().doFinal(of.getBytes(StandardCharsets.UTF_8));
      if (kept.size() < MOST_KEPT) {
        kept.put(of, known);
      }
    }
    return known;
  }

  /** Numbers from 0 to 255 that follow from the key, a use and a text, without end. */
  private final class Dice {
    private final char use;
    private final String text;
    private byte[] block;
    private int next;
    private int blocks;

    Dice(char use, String text) {
      this.use = use;
      this.text = text;
      this.block = hash(use, text);
    }

    int next() {
      if (next == block.length) {
        block = hash(use, ++blocks + " " + text);
        next = 0;
      }
      return block[next++] & 0xFF;
    }

    int below(int bound) {
      int number = (next() << 16) | (next() << 8) | next();
      return number % bound;
    }
  }

  /**
   * A uuid of digits, so that it holds no word; its last is a letter, which is a capital if the
   * other had one.
   */
  String uuid(String uuid) {
    String lower = uuid.toLowerCase(Locale.ROOT);
    Dice dice = new Dice('u', lower);
    StringBuilder standIn = new StringBuilder(36);
    for (int i = 0; i < 35; i++) {
      switch (i) {
        case 8, 13, 18, 23 -> standIn.append('-');
        case 14 -> standIn.append('4');
        case 19 -> standIn.append((char) ('8' + dice.below(2)));
        default -> standIn.append((char) ('0' + dice.below(10)));
      }
    }
    return standIn.append(lower.equals(uuid) ? 'f' : 'F').toString();
  }

  /** A word of as many letters of the same scripts and cases; it does not depend on the case. */
  String word(String word) {
    Dice dice = new Dice('w', word.toLowerCase(Locale.ROOT));
    StringBuilder standIn = new StringBuilder(word.length());
    int last = -1;
    for (int i = 0; i < word.length(); ) {
      int letter = word.codePointAt(i);
      last = Alphabet.of(letter).letter(letter, last, dice::below);
      standIn.appendCodePoint(last);
      i += Character.charCount(letter);
    }
    return standIn.toString();
  }

  /** As many digits of the same script; the first is zero only if the other's was. */
  String digits(String digits) {
    Dice dice = new Dice('d', digits);
    StringBuilder standIn = new StringBuilder(digits.length());
    for (int i = 0; i < digits.length(); ) {
      int digit = digits.codePointAt(i);
      int value = Character.digit(digit, 10);
      int other = i > 0 ? dice.below(10) : value == 0 ? 0 : 1 + dice.below(9);
      standIn.appendCodePoint(digit - value + other);
      i += Character.charCount(digit);
    }
    return standIn.toString();
  }

  byte[] bytes(byte[] bytes) {
    Dice dice = new Dice('b', new String(bytes, StandardCharsets.ISO_8859_1));
    byte[] standIn = new byte[bytes.length];
    for (int i = 0; i < standIn.length; i++) {
      standIn[i] = (byte) dice.next();
    }
    return standIn;
  }
}

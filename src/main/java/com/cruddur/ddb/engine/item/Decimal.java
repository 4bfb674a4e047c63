package com.cruddur.ddb.engine.item;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number of DynamoDB: up to 38 significant digits, magnitude 1E-130 to 9.99…E+125, or zero.
 *
 * <p>{@code digits} has neither leading nor trailing zeros; its first digit counts 10^exponent.
 * Zero has no digits.
 */
public record Decimal(boolean negative, String digits, int exponent)
    implements Comparable<Decimal> {

  private static final int MAX_DIGITS = 38;
  private static final int MAX_EXPONENT = 125;
  private static final int MIN_EXPONENT = -130;

  /** An e and ten digits. */
  private static final int SHORTEST_LONG = 11;

  private static final Decimal ZERO = new Decimal(false, "", 0);

  /** Reads what a client wrote; refuses it with AWS's words. */
  public static Decimal parse(String text) {
    int at = 0;
    int length = text.length();
    boolean negative = false;
    if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      negative = text.charAt(0) == '-';
      at = 1;
    }
    StringBuilder digits = new StringBuilder(Math.min(length, 64));
    int scale = 0;
    boolean point = false;
    boolean any = false;
    for (; at < length; at++) {
      char c = text.charAt(at);
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        any = true;
        scale += point ? 1 : 0;
        if (c != '0' || !digits.isEmpty()) {
          digits.append(c);
        }
      } else {
        break;
      }
    }
    if (!any) {
      throw notANumber(text);
    }
    long written = exponent(text, at);
    long exponent = digits.isEmpty() ? written : written - scale + digits.length() - 1;
    return of(negative, digits, exponent);
  }

  /**
   * Refuses what AWS's older request checks make of an exponent: they keep it, and the scale that
   * comes of it, in 32 bits. More cannot be read, and the largest one turns over into an underflow.
   */
  public static void refuseLongExponent(String text) {
    if (text.length() <= SHORTEST_LONG) {
      return;
    }
    int at = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (at < 0 || text.length() - at < SHORTEST_LONG) {
      return;
    }
    try {
      BigDecimal read = new BigDecimal(text);
      // Java 25 reads 2^31 too.
      if (new BigInteger(text.substring(at + 1)).bitLength() >= Integer.SIZE) {
        throw notANumber(text);
      }
      if ((long) read.precision() - read.scale() > Integer.MAX_VALUE) {
        throw underflow();
      }
    } catch (NumberFormatException notSo) {
      throw notANumber(text);
    }
  }

  private static long exponent(String text, int start) {
    if (start == text.length()) {
      return 0;
    }
    int at = start + 1;
    boolean negative = false;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      negative = text.charAt(at) == '-';
      at++;
    }
    if (Character.toLowerCase(text.charAt(start)) != 'e' || at == text.length()) {
      throw notANumber(text);
    }
    for (int i = at; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw notANumber(text);
      }
    }
    try {
      long value = Math.min(Long.parseLong(text, at, text.length(), 10), Integer.MAX_VALUE);
      return negative ? -value : value;
    } catch (NumberFormatException moreThan64Bits) {
      throw notANumber(text);
    }
  }

  private static Decimal of(boolean negative, StringBuilder digits, long exponent) {
    int length = digits.length();
    while (length > 0 && digits.charAt(length - 1) == '0') {
      length--;
    }
    if (length > MAX_DIGITS) {
      throw EngineException.validation(
          "Attempting to store more than 38 significant digits in a Number");
    }
    if (exponent > MAX_EXPONENT) {
      throw overflow();
    }
    if (exponent < MIN_EXPONENT) {
      throw underflow();
    }
    return length == 0 ? ZERO : new Decimal(negative, digits.substring(0, length), (int) exponent);
  }

  private static EngineException underflow() {
    return EngineException.validation(
        "Number underflow. Attempting to store a number with magnitude smaller than supported"
            + " range");
  }

  private static EngineException overflow() {
    return EngineException.validation(
        "Number overflow. Attempting to store a number with magnitude larger than supported"
            + " range");
  }

  /** AWS calls it an overflow, too, when a sum has more digits than a number holds. */
  private static Decimal of(BigDecimal result) {
    if (result.stripTrailingZeros().precision() > MAX_DIGITS) {
      throw overflow();
    }
    return result.signum() == 0 ? ZERO : parse(result.toString());
  }

  private static EngineException notANumber(String text) {
    return EngineException.validation(
        text.isEmpty()
            ? "The parameter cannot be converted to a numeric value"
            : "The parameter cannot be converted to a numeric value: " + text);
  }

  /** The sum, refused where it does not fit into a number of DynamoDB. */
  public Decimal plus(Decimal other) {
    return of(big().add(other.big()));
  }

  /** The difference, refused where it does not fit into a number of DynamoDB. */
  public Decimal minus(Decimal other) {
    return of(big().subtract(other.big()));
  }

  private BigDecimal big() {
    return new BigDecimal(text());
  }

  /** The one way DynamoDB writes this number: plain, without exponent, needless zeros or sign. */
  public String text() {
    if (digits.isEmpty()) {
      return "0";
    }
    StringBuilder text = new StringBuilder(Math.abs(exponent) + digits.length() + 3);
    text.append(negative ? "-" : "");
    if (exponent < 0) {
      text.append("0.").append("0".repeat(-exponent - 1)).append(digits);
    } else if (exponent >= digits.length() - 1) {
      text.append(digits).append("0".repeat(exponent - digits.length() + 1));
    } else {
      text.append(digits, 0, exponent + 1)
          .append('.')
          .append(digits, exponent + 1, digits.length());
    }
    return text.toString();
  }

  /**
   * The canonical text of a number that a client wrote. Plain integers, which most numbers are, are
   * recognised without being taken apart.
   */
  static String canonical(String text) {
    return isPlainInteger(text) ? text : parse(text).text();
  }

  private static boolean isPlainInteger(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    int length = text.length() - start;
    if (length < 1 || length > MAX_DIGITS || text.charAt(start) == '0') {
      return length == 1 && start == 0;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private int sign() {
    return digits.isEmpty() ? 0 : negative ? -1 : 1;
  }

  @Override
  public int compareTo(Decimal other) {
    int sign = sign();
    if (sign != other.sign() || sign == 0) {
      return Integer.compare(sign, other.sign());
    }
    int magnitude = Integer.compare(exponent, other.exponent);
    return sign * (magnitude != 0 ? magnitude : digits.compareTo(other.digits));
  }

  /**
   * Appends bytes that sort as the numbers do and end by themselves: a sign, the exponent, two
   * digits a byte, an end. A negative number's bytes are turned over.
   */
  void appendSortable(ByteSink sink) {
    if (digits.isEmpty()) {
      sink.put(1);
      return;
    }
    int flip = negative ? 0xFF : 0;
    sink.put(negative ? 0 : 2);
    sink.put(flip ^ (exponent - MIN_EXPONENT));
    for (int i = 0; i < digits.length(); i += 2) {
      int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      sink.put(flip ^ ((digits.charAt(i) - '0') * 10 + low + 1));
    }
    sink.put(flip);
  }

  /**
   * AWS's size of a stored number: one byte, one for two digits, counted apart on both sides of the
   * point, and one for a minus.
   */
  int size() {
    if (digits.isEmpty()) {
      return 1;
    }
    boolean straddles = exponent >= 0 && exponent < digits.length() - 1;
    int whole = straddles ? exponent + 1 : digits.length();
    return 1 + (whole + 1) / 2 + (digits.length() - whole + 1) / 2 + (negative ? 1 : 0);
  }
}

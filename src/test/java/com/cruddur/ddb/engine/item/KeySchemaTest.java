package com.cruddur.ddb.engine.item;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySchemaTest {

  private final Random random = new Random(20261128);

  @Test
  void keysInBytesSortAsTheirSortValuesDo() {
    for (char type : "SNB".toCharArray()) {
      KeySchema schema =
          new KeySchema(List.of(new KeyAttribute("p", 'S')), List.of(new KeyAttribute("s", type)));
      for (int i = 0; i < 3000; i++) {
        AttributeValue left = random(type);
        AttributeValue right = random(type);
        assertEquals(
            Integer.signum(AttributeOrder.compare(left, right)),
            Integer.signum(
                Arrays.compareUnsigned(schema.bytes(item(left)), schema.bytes(item(right)))),
            () -> left + " and " + right);
      }
    }
  }

  @Test
  void numbersCompareAsNumbers() {
    for (int i = 0; i < 3000; i++) {
      N left = number();
      N right = number();
      assertEquals(
          new BigDecimal(left.text()).compareTo(new BigDecimal(right.text())),
          AttributeOrder.compare(left, right) == 0
              ? 0
              : Integer.signum(AttributeOrder.compare(left, right)),
          () -> left + " and " + right);
    }
  }

  @Test
  void stringsCompareByTheirUtf8BytesAndBinariesUnsigned() {
    for (int i = 0; i < 3000; i++) {
      S left = (S) random('S');
      S right = (S) random('S');
      int bytes =
          Arrays.compareUnsigned(
              left.value().getBytes(StandardCharsets.UTF_8),
              right.value().getBytes(StandardCharsets.UTF_8));
      assertEquals(
          Integer.signum(bytes),
          Integer.signum(AttributeOrder.compare(left, right)),
          () -> left + " and " + right);
    }
    assertTrue(AttributeOrder.compare(new B(new byte[] {(byte) 0x80}), new B(new byte[] {1})) > 0);
  }

  @Test
  void anEntryOfAnIndexSortsByItsIndexKeyFirst() {
    KeySchema index =
        new KeySchema(List.of(new KeyAttribute("p", 'S')), List.of(new KeyAttribute("s", 'B')));
    for (int i = 0; i < 1000; i++) {
      AttributeValue left = random('B');
      AttributeValue right = random('B');
      int order = Integer.signum(AttributeOrder.compare(left, right));
      byte[] high = {(byte) 0xFF, 1};
      byte[] low = {0};
      int bytes =
          Arrays.compareUnsigned(
              index.entryBytes(item(left), order > 0 ? low : high),
              index.entryBytes(item(right), order > 0 ? high : low));
      assertEquals(order, order == 0 ? 0 : Integer.signum(bytes), () -> left + " and " + right);
    }
  }

  @Test
  void aPrefixHoldsExactlyWhatBeginsWithIt() {
    byte[] start = {5};
    for (int i = 0; i < 3000; i++) {
      B prefix = (B) random('B');
      B value = (B) random('B');
      byte[] key = KeyBytes.with(start, value);
      byte[] from = KeyBytes.withPrefix(start, prefix);
      boolean inside =
          Arrays.compareUnsigned(key, from) >= 0
              && Arrays.compareUnsigned(key, KeyBytes.after(from)) < 0;
      boolean begins =
          value.bytes().length >= prefix.bytes().length
              && Arrays.equals(prefix.bytes(), Arrays.copyOf(value.bytes(), prefix.bytes().length));
      assertEquals(begins, inside, () -> value + " begins with " + prefix);
    }
  }

  @Test
  void segmentsAreAllHashesWithoutGapOrOverlap() {
    assertArrayEquals(new byte[4], KeySchema.segmentFrom(0, 7));
    for (int total : new int[] {1, 2, 3, 7, 1000, 1_000_000}) {
      byte[] before = KeySchema.segmentFrom(0, total);
      for (int segment = 1; segment < total; segment += Math.max(1, total / 50)) {
        byte[] from = KeySchema.segmentFrom(segment, total);
        assertTrue(Arrays.compareUnsigned(before, from) < 0);
        before = from;
      }
    }
  }

  @Test
  void anItemWithoutAKeyAttributeOrWithOneOfAnotherTypeHasNoKey() {
    KeySchema schema = new KeySchema(List.of(new KeyAttribute("p", 'N')), List.of());
    assertNull(schema.bytes(Item.EMPTY));
    assertNull(schema.bytes(Item.of(Map.of("p", new S("1")))));
  }

  private static Item item(AttributeValue sort) {
    return Item.of(Map.of("p", new S("one"), "s", sort));
  }

  private AttributeValue random(char type) {
    return switch (type) {
      case 'S' -> new S(text());
      case 'N' -> number();
      default -> new B(bytes());
    };
  }

  private String text() {
    int[] points = {
      0, 'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private byte[] bytes() {
    byte[] alphabet = {0, 1, (byte) 0xFF, 7};
    byte[] bytes = new byte[random.nextInt(5)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = alphabet[random.nextInt(alphabet.length)];
    }
    return bytes;
  }

  /** Up to 38 digits, and exponents over the whole range that DynamoDB has. */
  private N number() {
    BigInteger digits = new BigInteger(random.nextInt(127), random).mod(BigInteger.TEN.pow(38));
    int most = 125 - digits.toString().length() + 1;
    int exponent = random.nextInt(3) == 0 ? random.nextInt(most + 131) - 130 : -random.nextInt(4);
    BigDecimal value = new BigDecimal(digits, -exponent);
    return new N((random.nextBoolean() ? value : value.negate()).toString());
  }
}

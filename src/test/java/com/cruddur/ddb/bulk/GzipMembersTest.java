package com.cruddur.ddb.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipMembersTest {
  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** A pipe whose writer gives so many bytes at a time, and none of them ahead of being asked. */
  private static InputStream pipe(byte[] bytes, int atATime) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int offset, int length) {
        return super.read(to, offset, Math.min(length, atATime));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static String read(InputStream in) throws IOException {
    try (InputStream plain = new GzipMembers(in)) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 19, 64, 100_000})
  void everyMemberIsReadHoweverSlowlyTheyCome(int atATime) throws IOException {
    byte[] three = join(gzip("one "), gzip(""), gzip("two "), gzip("x".repeat(200_000)));
    assertThat(read(pipe(three, atATime))).isEqualTo("one two " + "x".repeat(200_000));
  }

  @Test
  void aHeaderMayHaveANameACommentExtraFieldsAndAChecksum() throws IOException {
    byte[] plain = gzip("content");
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    CheckedOutputStream checked = new CheckedOutputStream(head, new CRC32());
    checked.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3});
    checked.write(new byte[] {3, 0, 'a', 'b', 'c'});
    checked.write("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
    long crc = checked.getChecksum().getValue();
    head.write(new byte[] {(byte) crc, (byte) (crc >> 8)});
    byte[] named = join(head.toByteArray(), Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(read(pipe(join(plain, named), 3))).isEqualTo("contentcontent");
  }

  @Test
  void zeroBytesBehindTheLastMemberArePadding() throws IOException {
    assertThat(read(pipe(join(gzip("one"), new byte[511], gzip(" two"), new byte[70_000]), 50)))
        .isEqualTo("one two");
  }

  @Test
  void otherBytesBehindTheLastMemberAreToldAfterAllThatWasRead() throws IOException {
    InputStream in =
        new GzipMembers(pipe(join(gzip("one"), "junk".getBytes(StandardCharsets.UTF_8)), 50));
    assertThat(in.readNBytes(3)).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(in::read)
        .isInstanceOf(BrokenGzipException.class)
        .hasMessage("bytes that are not gzip follow the end of the gzip data");
  }

  @Test
  void aMemberCutAnywhereIsBroken() throws IOException {
    byte[] two = join(gzip("one"), gzip("two"));
    for (int length = gzip("one").length + 1; length < two.length; length++) {
      InputStream in = pipe(Arrays.copyOf(two, length), 5);
      assertThatThrownBy(() -> read(in))
          .as("cut at %d", length)
          .hasMessage("the gzip file is broken from here");
    }
  }

  @Test
  void aWrongChecksumIsBroken() throws IOException {
    byte[] one = gzip("one");
    one[one.length - 8] ^= 1;
    assertThatThrownBy(() -> read(pipe(one, 5))).isInstanceOf(BrokenGzipException.class);
  }
}

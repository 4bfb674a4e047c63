package com.cruddur.ddb.bulk;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** An input that was opened: unzipped, without byte order mark, its format told. */
public final class OpenInput implements Closeable {
  /** How much of the start is looked at to tell the format. */
  public static final int HEAD = 1 << 16;

  final String name;
  public final InputStream stream;
  public final SeedFormat format;

  /** Why it is not read, when its format is foreign. */
  public final String foreign;

  private OpenInput(String name, InputStream stream, byte[] head) {
    this.name = name;
    this.stream = stream;
    this.format = SeedFormat.of(head);
    this.foreign = format == SeedFormat.FOREIGN ? SeedFormat.foreign(head).orElseThrow() : null;
  }

  public static OpenInput of(SeedInput input) throws IOException {
    InputStream raw = input.opener().open();
    try {
      InputStream plain = plain(raw);
      plain.mark(HEAD);
      byte[] head = head(plain);
      plain.reset();
      return new OpenInput(input.name(), plain, head);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Unzipped if it is a gzip, and without byte order mark. */
  public static InputStream plain(InputStream raw) throws IOException {
    InputStream plain = new BufferedInputStream(unzipped(raw), 2 * HEAD);
    skipByteOrderMark(plain);
    return plain;
  }

  private static InputStream unzipped(InputStream raw) throws IOException {
    InputStream buffered = new BufferedInputStream(raw, HEAD);
    buffered.mark(2);
    boolean gzip = buffered.read() == GzipMembers.MAGIC_1 && buffered.read() == GzipMembers.MAGIC_2;
    buffered.reset();
    return gzip ? new GzipMembers(buffered) : buffered;
  }

  private static void skipByteOrderMark(InputStream plain) throws IOException {
    plain.mark(3);
    if (plain.read() != 0xEF || plain.read() != 0xBB || plain.read() != 0xBF) {
      plain.reset();
    }
  }

  /** What can be read of the start; a break in it shows again when the input is read. */
  public static byte[] head(InputStream plain) {
    byte[] head = new byte[HEAD];
    int length = 0;
    try {
      for (int n; length < HEAD && (n = plain.read(head, length, HEAD - length)) > 0; ) {
        length += n;
      }
    } catch (IOException e) {
      // A truncated gzip: the readers meet it too, at the right line.
    }
    return java.util.Arrays.copyOf(head, length);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}

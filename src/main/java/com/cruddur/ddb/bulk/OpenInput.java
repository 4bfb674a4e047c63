package com.cruddur.ddb.bulk;

import com.cruddur.ddb.file.Spool;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** An input that was opened: unzipped, without byte order mark, its format told. */
public final class OpenInput implements Closeable {
  /** How much of the start is looked at to tell the format. */
  public static final int HEAD = 1 << 16;

  final String name;
  public final InputStream stream;
  public final SeedFormat format;

  /** Why it is not read, when its format is foreign. */
  public final String foreign;

  private final Arriving arriving;

  private OpenInput(String name, Arriving arriving, InputStream stream, byte[] head) {
    this.name = name;
    this.arriving = arriving;
    this.stream = stream;
    this.format = SeedFormat.of(head);
    this.foreign = format == SeedFormat.FOREIGN ? SeedFormat.foreign(head).orElseThrow() : null;
  }

  public static OpenInput of(SeedInput input) throws IOException {
    Arriving raw = new Arriving(input.opener().open());
    try {
      InputStream plain = plain(raw);
      plain.mark(HEAD);
      byte[] head = head(plain);
      plain.reset();
      OpenInput made = new OpenInput(input.name(), raw, plain, head);
      raw.kept = input.reopenable() || !made.format.readTwice ? null : raw.kept;
      return made;
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** All of an input that cannot be opened again, as it arrives: a gzip is not unpacked to disk. */
  public Spool spool() throws IOException {
    InputStream begin = new ByteArrayInputStream(arriving.kept.toByteArray());
    arriving.kept = null;
    return Spool.of(new SequenceInputStream(begin, arriving.in()));
  }

  /** Keeps what was read of an input until its format is known. */
  private static final class Arriving extends FilterInputStream {
    /** Null where nothing is to be kept. */
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Arriving(InputStream in) {
      super(in);
    }

    InputStream in() {
      return in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      if (kept != null && n > 0) {
        kept.write(bytes, offset, n);
      }
      return n;
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

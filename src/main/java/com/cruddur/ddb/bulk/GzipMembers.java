package com.cruddur.ddb.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip stream of any number of members (RFC 1952), one behind the other. {@link
 * java.util.zip.GZIPInputStream} takes a member's end for the end of the stream whenever nothing is
 * available at that moment, as in a pipe whose writer is slow.
 *
 * <p>Zero bytes behind the last member are padding, as tapes and block devices leave it; anything
 * else there is an error, told once all members were read. What stands before an error is given
 * first.
 */
final class GzipMembers extends InputStream {
  static final int MAGIC_1 = 0x1f;
  static final int MAGIC_2 = 0x8b;

  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private boolean inMember;
  private boolean any;
  private BrokenGzipException broken;

  /** The content of a stream that begins with a member. */
  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    } else if (broken != null) {
      throw broken;
    }
    try {
      return inflate(bytes, offset, length);
    } catch (BrokenGzipException e) {
      broken = e;
    } catch (DataFormatException e) {
      broken = BrokenGzipException.here();
    }
    throw broken;
  }

  private int inflate(byte[] bytes, int offset, int length)
      throws IOException, DataFormatException {
    while (inMember || nextMember()) {
      int n = inflater.inflate(bytes, offset, length);
      if (n > 0) {
        crc.update(bytes, offset, n);
        return n;
      } else if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary() || !fill()) {
        throw BrokenGzipException.here();
      } else {
        inflater.setInput(buffer, position, end - position);
        position = end;
      }
    }
    return -1;
  }

  /** Whether another member begins here; false at the end. */
  private boolean nextMember() throws IOException {
    int first = next();
    while (any && first == 0) {
      first = next();
    }
    if (first < 0) {
      return false;
    } else if (first != MAGIC_1 || needed() != MAGIC_2) {
      throw any
          ? new BrokenGzipException("bytes that are not gzip follow the end of the gzip data")
          : BrokenGzipException.here();
    }
    header();
    inflater.reset();
    crc.reset();
    inflater.setInput(buffer, position, end - position);
    position = end;
    inMember = true;
    any = true;
    return true;
  }

  /** Reads past method, flags, time, system, and the parts that the flags name. */
  private void header() throws IOException {
    int method = needed();
    int flags = needed();
    skip(6);
    if (method != DEFLATE) {
      throw BrokenGzipException.here();
    }
    if ((flags & FLAG_EXTRA) != 0) {
      skip(needed() | needed() << 8);
    }
    for (int text : new int[] {FLAG_NAME, FLAG_COMMENT}) {
      while ((flags & text) != 0 && needed() != 0) {
        // The text ends with a zero byte.
      }
    }
    if ((flags & FLAG_HEADER_CRC) != 0) {
      skip(2);
    }
  }

  /** Holds the member against its checksum and length. */
  private void endMember() throws IOException {
    position = end - inflater.getRemaining();
    inMember = false;
    if (littleEndian() != crc.getValue()
        || littleEndian() != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
      throw BrokenGzipException.here();
    }
  }

  private long littleEndian() throws IOException {
    return needed() | needed() << 8 | needed() << 16 | (long) needed() << 24;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      needed();
    }
  }

  private int needed() throws IOException {
    int next = next();
    if (next < 0) {
      throw BrokenGzipException.here();
    }
    return next;
  }

  private int next() throws IOException {
    return position < end || fill() ? buffer[position++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}

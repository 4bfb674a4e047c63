package com.cruddur.ddb.bulk.mask;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that stand-ins are made with: 64 hex digits in a file of the user's alone. */
public final class MaskSecret {
  private static final int BYTES = 32;

  private MaskSecret() {}

  /**
   * The secret of a file, which is made with a new one if there is none.
   *
   * @throws InvalidInputException when the file holds something else
   * @throws UncheckedIOException when it cannot be read or made, or is not this user's alone
   */
  public static byte[] in(Path file) {
    try {
      OwnFolder.create(file.toAbsolutePath().getParent());
      // Locked: of two that make it at once both must use the same.
      try (FileChannel channel = OwnFile.update(file);
          FileLock lock = channel.lock()) {
        return channel.size() == 0 ? make(channel) : read(channel, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the secret for masking, " + file + ", cannot be used", e);
    }
  }

  private static byte[] make(FileChannel channel) throws IOException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String line = HexFormat.of().formatHex(secret) + "\n";
    channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    channel.force(true);
    return secret;
  }

  private static byte[] read(FileChannel channel, Path file) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(2 * BYTES + 2);
    while (text.hasRemaining() && channel.read(text) >= 0) {
      // A read may give a part only.
    }
    String hex = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new InvalidInputException(
          file + " does not hold a secret for masking",
          "It is one line of " + 2 * BYTES + " hex digits; remove it to have a new one made.");
    }
    return HexFormat.of().parseHex(hex);
  }
}

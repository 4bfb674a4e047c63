package com.cruddur.ddb.cli.shell;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.file.OwnFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.history.DefaultHistory;

/** The lines of earlier shells, in a file for the owner alone, without those that hold a secret. */
final class ShellHistory extends DefaultHistory {
  private static final int MOST_LINES = 2000;

  /**
   * Keys and tokens: what begins as JSON or a JWT in base64 does (Momento's, and page tokens),
   * AWS's access and secret keys, and whatever is called one.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "eyJ[\\w-]{8}|\\b(AKIA|ASIA)[A-Z0-9]{12}|(?=[\\w+/]*[A-Z])(?=[\\w+/]*\\d)[\\w+/]{40}"
              + "|(?i:secret|passw|credential|auth_token|(api|access)_?key)");

  /** Whether a line may be written down. */
  static boolean keeps(String line) {
    return !SECRET.matcher(line).find();
  }

  /** Makes the file, or takes others' rights to it; empty when it cannot be, and so is not used. */
  static Optional<Path> prepare(CommandContext context) {
    Path file = context.local().settings().stateDirectory().resolve("history");
    try {
      OwnFolder.claim(file.getParent());
      OwnFile.update(file).close();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      return Optional.of(file);
    } catch (ForeignFileException e) {
      context.notices().warn("no history is kept: " + e.getMessage());
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      context.notices().warn("no history is kept: " + file + " cannot be used");
      return Optional.empty();
    }
  }

  static void use(LineReaderBuilder builder, Path file) {
    builder
        .history(new ShellHistory())
        .variable(LineReader.HISTORY_FILE, file)
        .variable(LineReader.HISTORY_FILE_SIZE, MOST_LINES);
  }

  @Override
  public void add(Instant time, String line) {
    if (keeps(line)) {
      super.add(time, line);
    }
  }
}

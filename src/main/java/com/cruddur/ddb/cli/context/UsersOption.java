package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.bulk.UsersFile;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** {@code --users}: where handles are looked up; read when somebody is first looked up. */
public final class UsersOption implements UserDirectory {
  private final CommandContext context;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description =
          "JSON or CSV file of uuid, display_name and handle (DDB_USERS); default:"
              + " seed-data/users.json.")
  private Path file;

  private UsersFile read;

  UsersOption(CommandContext context) {
    this.context = context;
  }

  /** As it was given; null when it was not. */
  public String given() {
    return file == null ? null : file.toString();
  }

  @Override
  public Optional<User> find(String reference) {
    return file().find(reference);
  }

  @Override
  public Set<String> handles() {
    return file().handles();
  }

  private UsersFile file() {
    if (read == null) {
      try {
        read = place().map(UsersFile::read).orElse(UsersFile.EMPTY);
      } catch (InvalidInputException e) {
        throw CommandException.usage(e);
      }
    }
    return read;
  }

  /** The users file that is meant; empty when none is named and there is no sample data. */
  private Optional<Path> place() {
    String named = context.environment().getOrDefault("DDB_USERS", "").strip();
    return file != null
        ? Optional.of(file)
        : named.isEmpty()
            ? context.cliEnvironment().sampleData().users()
            : Optional.of(Path.of(named));
  }
}

package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.cli.context.CommandContext;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --users}: where handles are looked up. */
public final class UsersOption {
  @Option(
      names = "--users",
      paramLabel = "FILE",
      description =
          "JSON or CSV file of uuid, display_name and handle (DDB_USERS); default:"
              + " seed-data/users.json.")
  private Path file;

  /** As it was given; null when it was not. */
  public String given() {
    return file == null ? null : file.toString();
  }

  /** Reads the file when somebody is first looked up. */
  public UserDirectory directory(CommandContext context) {
    return new UserDirectory() {
      private UserDirectory loaded;

      @Override
      public Optional<User> find(String reference) {
        return loaded().find(reference);
      }

      @Override
      public Collection<String> handles() {
        return loaded().handles();
      }

      private UserDirectory loaded() {
        if (loaded == null) {
          loaded = load(context);
        }
        return loaded;
      }
    };
  }

  private UserDirectory load(CommandContext context) {
    return file(context, file).<UserDirectory>map(f -> f).orElse(reference -> Optional.empty());
  }

  /** The users file that is meant, read; empty when none is named and there is no sample data. */
  public static Optional<UsersFile> file(CommandContext context, Path file) {
    String named = context.environment().getOrDefault("DDB_USERS", "");
    if (file != null || !named.isBlank()) {
      return Optional.of(UsersFile.read(file != null ? file : Path.of(named.strip())));
    }
    return context.sampleData().users().map(UsersFile::read);
  }
}

package com.cruddur.ddb.cli.local;

import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class LocalCatalogue {
  /** The local stack. */
  public static final List<CommandEntry> ALL =
      List.of(
          CommandEntry.of("local", LocalCommand.class),
          CommandEntry.of("local start", LocalStartCommand.class),
          CommandEntry.of("local stop", LocalStopCommand.class),
          CommandEntry.of("local status", LocalStatusCommand.class),
          CommandEntry.of("local reset", LocalResetCommand.class, WRITES));

  private LocalCatalogue() {}
}

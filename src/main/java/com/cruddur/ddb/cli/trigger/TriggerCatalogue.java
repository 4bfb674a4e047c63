package com.cruddur.ddb.cli.trigger;

import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class TriggerCatalogue {
  /** The stream trigger. */
  public static final List<CommandEntry> ALL =
      List.of(
          CommandEntry.of("trigger", TriggerCommand.class),
          CommandEntry.of("trigger run", TriggerRunCommand.class, TABLE, CACHE, WRITES),
          CommandEntry.of("trigger template", TriggerTemplateCommand.class));

  private TriggerCatalogue() {}
}

package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.UserRename;
import com.cruddur.ddb.chat.UserRename.Names;
import com.cruddur.ddb.chat.UserRename.Renamed;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.dynamo.check.ModerationPlans;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ddb rename-user}. */
@Command(
    name = "rename-user",
    description = {
      "Rename a user in everybody's list and in the user's messages.",
      "The names are copied there; the users file is not changed. An interrupted run is repeated"
          + " by the same command."
    },
    exitCodeList = {"3:no such user or table", ExitCode.NOT_CONFIRMED, ExitCode.NO_ACCESS},
    footer = {
      "  ddb rename-user bayko --display-name 'Andrew Bayko' --dry-run",
      "  ddb rename-user bayko --handle bayko --messages none",
      "  ddb rename-user --prod --yes --confirm-table cruddur-messages bayko --handle andrewbayko"
    })
public final class RenameUserCommand implements Callable<Integer>, Explainable, WritesTable {
  /** Which messages are changed. */
  enum InMessages {
    all,
    none
  }

  private final CommandContext context;

  @Parameters(paramLabel = "USER", description = "The user's uuid or handle.")
  private String user;

  @Option(
      names = "--display-name",
      paramLabel = "NAME",
      description = "The new display name; 1 to 128 characters.")
  private String displayName;

  @Option(
      names = "--handle",
      paramLabel = "HANDLE",
      description = "The new handle; 1 to 64 characters, no spaces.")
  private String handle;

  @Option(
      names = "--messages",
      paramLabel = "all|none",
      defaultValue = "all",
      description = "none leaves history as it was written; default: ${DEFAULT-VALUE}.")
  private InMessages messages;

  public RenameUserCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Names names = names();
    String uuid = context.chat().userUuid(user);
    context.guard().confirmOnProduction("rename user " + uuid + " in every conversation of theirs");
    Resumable.Stop stop = new Resumable.Stop();
    Renamed renamed = Resumable.run(context, stop, () -> rename(uuid, names, stop));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("user_uuid", uuid);
    fields.put("display_name", names.displayName());
    fields.put("handle", names.handle());
    fields.put("conversations", renamed.conversations());
    fields.put("rows_changed", renamed.rows());
    fields.put("messages_changed", renamed.messages());
    fields.put("messages_unchanged", renamed.unchanged());
    context.document(fields);
    tellUsersFile(uuid, names);
    return ExitCode.DONE;
  }

  private void tellUsersFile(String uuid, Names names) {
    context
        .users()
        .find(uuid)
        .filter(user -> !names.of(user).equals(user))
        .ifPresent(
            user ->
                context
                    .notices()
                    .info(
                        "change the users file too, where the user is %s (%s): handles are looked up"
                                .formatted(user.handle(), user.displayName())
                            + " there, and 'ddb check' believes it"));
  }

  private Renamed rename(String uuid, Names names, Resumable.Stop stop) {
    try (UserProgress progress = new UserProgress(context, "rename-user", false, stop)) {
      return new UserRename(progress.conversations(), context.users())
          .rename(uuid, names, messages == InMessages.all);
    }
  }

  private Names names() {
    if (displayName == null && handle == null) {
      throw CommandException.usage(
          "there is nothing to change", "Give --display-name NAME, --handle HANDLE or both.");
    }
    return new Names(displayName, handle);
  }

  @Override
  public Map<String, Object> explain() {
    names();
    return ModerationPlans.renameUser(context.table(), user, messages == InMessages.all);
  }
}

package com.cruddur.ddb.cli.people;

import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserErasure;
import com.cruddur.ddb.chat.UserErasure.Erased;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.Resumable;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.ModerationPlans;
import com.cruddur.ddb.dynamo.people.UserTraces;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb forget-user}. */
@Command(
    name = "forget-user",
    description = {
      "Erase a user: texts are redacted, names, handle and uuid replaced by a stand-in, the"
          + " user's list is deleted. The others keep their conversations.",
      "It ends with a search of the whole table for the user. An interrupted run is repeated by"
          + " the same command. Other users' texts are not changed: those that name the user are"
          + " listed."
    },
    exitCodeList = {
      "3:no such user or table",
      ExitCode.NOT_CONFIRMED,
      "5:something in the table still names the user",
      ExitCode.NO_ACCESS
    },
    footer = {
      "  ddb forget-user londo --dry-run",
      "  ddb forget-user --prod --yes --confirm-table cruddur-messages londo"
    })
public final class ForgetUserCommand implements Callable<Integer>, Explainable, WritesTable {
  private final CommandContext context;

  @Parameters(paramLabel = "USER", description = "The user's uuid or handle.")
  private String user;

  public ForgetUserCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String uuid = context.chat().userUuid(user);
    context.guard().confirmOnProduction("erase user " + uuid + " for good");
    Resumable.Stop stop = new Resumable.Stop();
    return Resumable.run(context, stop, () -> forget(uuid, stop));
  }

  private int forget(String uuid, Resumable.Stop stop) {
    Set<String> names = new LinkedHashSet<>();
    context.users().find(uuid).ifPresent(u -> names.addAll(List.of(u.handle(), u.displayName())));
    Erased erased = erase(stop, names, erasure -> erasure.erase(uuid));
    UserTraces traces = search(uuid, names, stop);
    // What bears the uuid in a conversation without a row is erased too.
    for (String group : traces.conversations()) {
      erased = erased.plus(erase(stop, names, erasure -> erasure.erase(uuid, group)));
    }
    if (!traces.conversations().isEmpty()) {
      traces = search(uuid, names, stop);
    }
    return prove(uuid, erased, traces);
  }

  private Erased erase(
      Resumable.Stop stop, Set<String> names, Function<UserErasure, Erased> erasing) {
    try (UserProgress progress = new UserProgress(context, "forget-user", false, stop)) {
      UserErasure erasure =
          new UserErasure(progress.conversations(), new Reconciler(progress.store()));
      Erased erased = erasing.apply(erasure);
      names.addAll(erasure.names());
      return erased;
    }
  }

  private UserTraces search(String uuid, Set<String> names, Resumable.Stop stop) {
    try (BulkProgress progress = BulkProgress.ofTable(context, "search", false)) {
      return new UserTraces(uuid, names)
          .search(context.items(), ParallelScan.SEGMENTS, stop.ending(progress));
    }
  }

  private int prove(String uuid, Erased erased, UserTraces traces) {
    boolean byEarlierRun = erased.conversations() == 0 && traces.standIns() > 0;
    if (erased.conversations() == 0 && traces.found() == 0 && !byEarlierRun) {
      throw new NotFoundException(
          "nothing in this table is of user " + user, "See 'ddb list-users' for who is in it.");
    }
    Map<String, Object> fields = fields(uuid, erased);
    fields.put("items_searched", traces.searched());
    fields.put("items_that_name_the_user", traces.found());
    fields.put("first_of_them", traces.listed().stream().map(ForgetUserCommand::fields).toList());
    context.document(fields);
    if (byEarlierRun) {
      context.notices().info("an earlier run has erased the user");
    }
    if (!traces.knowsNames()) {
      context
          .notices()
          .warn("searched for the uuid only: nothing that is left says what the user was called");
    }
    context
        .notices()
        .info(
            "not searched: backups, the stream's last 24 hours, exports, S3, logs, the users file,"
                + " and what other programs keep");
    return traces.found() == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
  }

  private static Map<String, Object> fields(String uuid, Erased erased) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("user_uuid", uuid);
    fields.put("conversations", erased.conversations());
    fields.put("messages_redacted", erased.messages());
    fields.put("rows_renamed", erased.renamed());
    fields.put("rows_deleted", erased.deleted());
    return fields;
  }

  private static Map<String, Object> fields(UserTraces.Trace trace) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pk", trace.pk());
    fields.put("sk", trace.sk());
    fields.put("attribute", trace.attribute());
    return fields;
  }

  @Override
  public Map<String, Object> explain() {
    return ModerationPlans.forgetUser(context.table(), user);
  }
}

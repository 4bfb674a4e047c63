package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.SampleData;
import com.cruddur.ddb.cli.context.Session;
import com.cruddur.ddb.cli.context.View;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.DryRunOption;
import com.cruddur.ddb.cli.mixin.PagingOptions;
import com.cruddur.ddb.cli.mixin.UsersOption;
import com.cruddur.ddb.cli.table.SchemaLoadCommand;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.check.Explanations;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ddb setup}. */
@Command(
    name = "setup",
    description = {
      "Make a working local stack with sample data, and list a user's conversations.",
      "Starts the stack, creates table and cache, loads the files of seed-data. Safe to run"
          + " again."
    },
    exitCodeList = {"3:andrewbrown is not in the users file", ExitCode.NO_ACCESS},
    footer = {"  ddb setup", "  ddb setup -q -o json"})
public final class SetupCommand implements Callable<Integer>, Explainable, WritesTable {
  private static final String USER = "andrewbrown";
  private static final TableSchema.Options SCHEMA = new TableSchema.Options(false, 0, 0, true);

  private final Session session;
  @Mixin private UsersOption users;
  @Mixin private PagingOptions paging;
  @Mixin private DryRunOption dryRun;

  public SetupCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (session.target().kind() == Target.Kind.PROD) {
      throw CommandException.usage(
          "setup is for local work, not for --prod", "Use 'ddb schema-load --prod'.");
    }
    loadSchema();
    createCache();
    loadSampleData();
    Chat chat = session.chat(users.directory(session));
    String uuid = chat.userUuid(USER);
    paging.print(
        session,
        View.CONVERSATIONS,
        (limit, token) -> chat.conversations(new ConversationQuery(uuid, limit, token)),
        View::conversation);
    session.notices().info("next: ddb get-conversation UUID (one of the list)");
    session.notices().info("      ddb send-message UUID 'Hello!' --from " + USER);
    session.notices().info("      ddb --help");
    return ExitCode.DONE;
  }

  private void loadSchema() {
    TableAdmin.Loaded loaded = session.tables().load(session.table(), SCHEMA);
    if (!loaded.differences().isEmpty()) {
      throw SchemaLoadCommand.differs(session.table(), loaded.differences());
    }
    session
        .notices()
        .info("table " + session.table() + (loaded.created() ? ": created" : ": there already"));
  }

  /** Without a cache the rest works as well. */
  private void createCache() {
    if (!session.targetCache().isWritable()) {
      return;
    }
    try {
      String name = session.targetCache().settings().cacheName();
      boolean created = session.cacheWrites().create(name);
      session.notices().info("cache " + name + (created ? ": created" : ": there already"));
    } catch (CacheException e) {
      session.notices().warn(e.getMessage());
    }
  }

  private void loadSampleData() {
    session.clients().goBulk();
    SeedAccount account =
        Seeding.load(
            session,
            new Seeding.Source(
                session.sampleData().conversations(), SampleData.TRANSCRIPTS_END, -1),
            users.directory(session),
            reject ->
                session
                    .notices()
                    .warn(reject.file() + ":" + reject.line() + ": " + reject.reason()),
            Checkpoint.none());
    SeedAccount.Counts messages = account.kinds().get("message");
    session
        .notices()
        .info(
            "sample data: "
                + messages.written()
                + " messages written, "
                + messages.unchanged()
                + " there already");
  }

  @Override
  public Map<String, Object> explain() {
    String uuid =
        users.directory(session).find(USER).map(User::uuid).orElse("<uuid of " + USER + ">");
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("schema-load", Explanations.schemaLoad(session.table(), SCHEMA));
    steps.put(
        "seed",
        Explanations.seed(
            session.table(),
            session.sampleData().conversations().stream().map(SeedInput::name).toList()));
    steps.put(
        "list-conversations",
        Explanations.conversations(
            session.table(), new ConversationQuery(uuid, paging.pageSize(), paging.token())));
    return steps;
  }
}

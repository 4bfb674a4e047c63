package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.seed.Seeder;
import com.cruddur.ddb.cache.CacheException;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.context.Explainable;
import com.cruddur.ddb.cli.context.SampleData;
import com.cruddur.ddb.cli.context.WritesTable;
import com.cruddur.ddb.cli.mixin.PagingOptions;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.check.BulkPlans;
import com.cruddur.ddb.dynamo.check.QueryPlans;
import com.cruddur.ddb.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  private final CommandContext context;
  @Mixin private PagingOptions paging;

  public SetupCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (context.target().kind() == Target.Kind.PROD) {
      throw CommandException.usage(
          "setup is for local work, not for --prod", "Use 'ddb schema-load --prod'.");
    }
    // Before anything is made: what it is made for may be missing.
    List<SeedInput> samples = samples();
    String uuid = context.users().require(USER).uuid();
    loadSchema();
    createCache();
    load(samples);
    Chat chat = context.chat();
    paging.print(
        context,
        Columns.CONVERSATIONS,
        (limit, token) ->
            chat.conversations(
                new ConversationQuery(uuid, limit, token).ahead(paging.looksAhead())),
        Columns::conversation);
    chat.conversations(new ConversationQuery(uuid, 1, null)).items().stream()
        .map(ConversationRow::groupUuid)
        .forEach(this::tellNext);
    return ExitCode.DONE;
  }

  /** Command lines without quotes, to be pasted. */
  private void tellNext(String conversation) {
    context.notices().info("next: one of these, to paste");
    for (String line :
        List.of(
            "get-conversation " + conversation + " --limit 5",
            "send-message " + conversation + " \"See you at eight\" --from " + USER,
            "list-conversations " + USER + " -o json",
            "--help")) {
      String quoted = context.cures().in("'ddb " + line + "'");
      context.notices().info("  " + quoted.substring(1, quoted.length() - 1));
    }
  }

  private void loadSchema() {
    TableAdmin.Loaded loaded = context.tables().load(context.table(), SCHEMA);
    if (!loaded.differences().isEmpty()) {
      throw CommandException.schemaDiffers(context.table(), loaded.differences());
    }
    context
        .notices()
        .info("table " + context.table() + (loaded.created() ? ": created" : ": there already"));
  }

  /** Without a cache the rest works as well. */
  private void createCache() {
    if (!context.cache().target().isWritable()) {
      return;
    }
    try {
      String name = context.cache().target().settings().cacheName();
      boolean created = context.cache().writes().create(name);
      context.notices().info("cache " + name + (created ? ": created" : ": there already"));
    } catch (CacheException e) {
      context.notices().warn(e.getMessage());
    }
  }

  private List<SeedInput> samples() {
    return context
        .cliEnvironment()
        .sampleData()
        .conversations(
            "It comes with ddb: run setup in a checkout, or use 'ddb schema-load' and 'ddb seed"
                + " FILE'.");
  }

  private void load(List<SeedInput> samples) {
    context.clients().goBulk();
    List<String> rejects = new ArrayList<>();
    SeedAccount account =
        Seeding.load(
            context,
            new Seeding.Source(
                samples, new Seeder.TranscriptEnd(SampleData.TRANSCRIPTS_END, false), -1),
            context.users(),
            reject -> rejects.add(reject.file() + ":" + reject.line() + ": " + reject.reason()),
            Checkpoint.none());
    SeedAccount.Counts messages = account.kinds().get("message");
    context
        .notices()
        .info(
            "sample data: "
                + Count.of(messages.written(), "message")
                + " written, "
                + messages.unchanged()
                + " there already");
    tell(rejects);
  }

  /** As after forget-user: what was changed on purpose is left so. */
  private void tell(List<String> rejects) {
    if (!rejects.isEmpty()) {
      context
          .notices()
          .info(
              "left out, since the table holds something else: "
                  + Count.of(rejects.size(), "record")
                  + "; the first: "
                  + rejects.get(0));
      context.notices().info("      'ddb local reset' starts over");
      rejects.forEach(context.notices()::detail);
    }
  }

  @Override
  public Map<String, Object> explain() {
    String uuid = context.users().find(USER).map(User::uuid).orElse("<uuid of " + USER + ">");
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("schema-load", QueryPlans.schemaLoad(context.table(), SCHEMA));
    steps.put(
        "seed", BulkPlans.seed(context.table(), samples().stream().map(SeedInput::name).toList()));
    steps.put(
        "list-conversations",
        QueryPlans.conversations(
            context.table(),
            new ConversationQuery(uuid, paging.pageSize(), paging.token())
                .ahead(paging.looksAhead())));
    return steps;
  }
}

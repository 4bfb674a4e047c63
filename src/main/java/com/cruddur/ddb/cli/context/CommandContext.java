package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.PipeStream;
import com.cruddur.ddb.output.RecordPrinter;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What one command line works with: where it runs, its target, its clients, and where results and
 * notices go. Made for the line, told its options once by {@link #begin}, and thrown away; only the
 * {@link ClientPool} lives on.
 */
public final class CommandContext implements AutoCloseable {
  private final CliEnvironment cliEnvironment;
  private final ClientPool pool;
  private final Writer out;
  private final CompletionCache seen;
  private final DetachableOutput err;
  private final TraitOptions traits = new TraitOptions(this);
  private DdbCommand options = new DdbCommand();
  private Notices notices;
  private ResultPrinter results;
  private TargetSettings settings;
  private TargetClients clients;
  private CommandCache cache;

  /** For a process that runs one command line. */
  public CommandContext(CliEnvironment cliEnvironment) {
    this(new ClientPool(cliEnvironment), null);
  }

  /**
   * For a line of a shell.
   *
   * @param seen notes what its output names; null where there is no shell and the pool ends with it
   */
  public CommandContext(ClientPool pool, CompletionCache seen) {
    this.pool = pool;
    this.seen = seen;
    this.cliEnvironment = pool.cliEnvironment();
    this.err = new DetachableOutput(cliEnvironment.err(), cliEnvironment.interruptible()::isLeft);
    this.out =
        new BufferedWriter(
            new OutputStreamWriter(new PipeStream(cliEnvironment.out()), StandardCharsets.UTF_8));
    this.notices = notices(options.outputOptions());
    pool.sends().to(notices);
    interruptible().reset();
  }

  /**
   * Takes the options of the command line, once.
   *
   * @param writes whether it changes the table
   */
  public void begin(DdbCommand parsed, boolean writes) {
    // What is wrong with the target is told in the form that the output has.
    options = parsed;
    notices = notices(parsed.outputOptions());
    begin(
        parsed.targetOptions().resolve(environment(), local().settings().port()),
        traits.dryRun.given,
        writes);
    traits.rates.cap().ifPresent(clients::cap);
  }

  /** The object that picocli gives the options of a trait to; null for a trait without options. */
  public Object options(Trait trait) {
    return traits.of(trait);
  }

  /** The question that stands before what is destructive. */
  public Guard guard() {
    return traits.guard;
  }

  /** The users file that is meant. */
  public UsersOption users() {
    return traits.users;
  }

  /** The same command line on a table of the local stack, whatever its target is; close it. */
  public CommandContext onLocalStack(String table) {
    CommandContext stack = new CommandContext(cliEnvironment);
    stack.options = options;
    stack.begin(
        options.targetOptions().local(environment(), local().settings().port(), table),
        dryRun().on(),
        true);
    return stack;
  }

  private void begin(TargetSettings target, boolean dry, boolean writes) {
    notices = notices(output());
    pool.sends().to(notices);
    results = new ResultPrinter(out, cliEnvironment, output(), traits.table, seen);
    settings = target;
    cache = new CommandCache(this, pool.cache(settings.target()));
    clients = new TargetClients(pool, settings, notices, options, dry, writes);
    settings.all().forEach(s -> notices.detail("setting " + s.name() + ": " + s.told()));
  }

  /** Ends a command that has done what it was asked for. */
  public void end() {
    cache.end();
    clients.tellEndpoint();
    dryRun().tell(notices);
  }

  /** Notices as these options want them. */
  public Notices notices(OutputOptions output) {
    boolean color = output.color(cliEnvironment.terminal().err(), environment());
    return new Notices(err(), output.quiet, output.verbose, color, text -> cures().in(text));
  }

  /** What completes the command lines that messages show. */
  public Cures cures() {
    return settings == null ? Cures.NONE : Cures.of(settings);
  }

  /** Standard error, for what is not a notice. */
  public Writer err() {
    return new OutputStreamWriter(err, StandardCharsets.UTF_8);
  }

  public Map<String, String> environment() {
    return cliEnvironment.environment();
  }

  public CliEnvironment.Terminal terminal() {
    return cliEnvironment.terminal();
  }

  /** Whether the command is a line of {@code ddb shell}. */
  public boolean inShell() {
    return seen != null;
  }

  public Interruptible interruptible() {
    return cliEnvironment.interruptible();
  }

  public InputStream in() {
    return cliEnvironment.in();
  }

  public Writer out() {
    return out;
  }

  public Notices notices() {
    return notices;
  }

  public OutputOptions output() {
    return options.outputOptions();
  }

  public OutputFormat format() {
    return options.outputOptions().format(environment());
  }

  /**
   * A conversation's uuid as the table spells it: in lower case, as ddb writes it, unless only what
   * was typed is there, as another program wrote it.
   */
  public String conversation(String typed) {
    String lower = Uuids.require("the conversation", typed);
    return lower.equals(typed) || output().explain ? lower : chat().conversationUuid(typed);
  }

  /** How results are printed. */
  public ResultPrinter results() {
    return results;
  }

  /** Prints a list. */
  public void list(Columns view, Consumer<RecordPrinter> print) {
    results.list(view, print);
  }

  /** Prints one thing. */
  public void document(Map<String, ?> document) {
    dryRun().print(document, results);
  }

  /** Null while no command has begun. */
  public Target target() {
    return settings == null ? null : settings.target();
  }

  public TargetSettings settings() {
    return settings;
  }

  public String table() {
    return target().table();
  }

  public DryRun dryRun() {
    return clients.dryRun();
  }

  public LocalTarget local() {
    return pool.local();
  }

  public TargetClients clients() {
    return clients;
  }

  public TableAdmin tables() {
    return dryRun().tables(clients.dynamoDb());
  }

  /** The table's items, for work on many of them. */
  public ItemTable items() {
    return dryRun().over(items(table()));
  }

  /** The items of another table of the target, to be read. */
  public ItemTable items(String name) {
    return new DynamoDbItemTable(clients.dynamoDb(), name);
  }

  /** The table's conversations; writes drop the cached pages that they make stale. */
  public ConversationStore store() {
    return cache.store(false);
  }

  /** The table's conversations and nothing else. */
  public ConversationStore plainStore() {
    ConversationStore store = new DynamoDbConversationStore(clients.dynamoDb(), table());
    return dryRun().over(table(), store, items(table()));
  }

  /** The caches of the target. */
  public CommandCache cache() {
    return cache;
  }

  public Chat chat() {
    return chat(false);
  }

  /** A chat whose pages come from the cache, if that is asked for. */
  public Chat chat(boolean cached) {
    return new Chat(cache.store(cached), users(), cliEnvironment.clock());
  }

  /** What takes messages and conversations away. */
  public Moderation moderation() {
    cache.warmUp();
    ConversationStore store = store();
    return new Moderation(store, new Reconciler(store));
  }

  /** Where messages are sent. */
  public SendCoalescer sends() {
    return pool.sends();
  }

  /** What an operator must know of a failure besides its cause; null for nothing. */
  public String afterFailure() {
    return clients == null ? null : clients.afterFailure();
  }

  public CliEnvironment cliEnvironment() {
    return cliEnvironment;
  }

  @Override
  public void close() {
    if (clients != null) {
      // A command that failed or was stopped has written too.
      cache.settle();
      clients.close();
    }
    if (!inShell()) {
      pool.close();
    }
  }
}

package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.aws.CallerIdentity;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.Moderation;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.s3.S3Jobs;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.PipeStream;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.output.RecordPrinter;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * What one command line works with: where it runs, its target, its clients, and where results and
 * notices go. Made for the line, told its options once by {@link #begin}, and thrown away; only the
 * {@link ClientPool} lives on.
 */
public final class CommandContext implements AutoCloseable {
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final CliEnvironment cliEnvironment;
  private final ClientPool pool;
  private final boolean ownPool;
  private final Writer out;
  private final CompletionCache seen;
  private final DetachableOutput err;
  private final TraitOptions traits = new TraitOptions(this);
  private DdbCommand options = new DdbCommand();
  private Notices notices;
  private ResultPrinter results;
  private TargetSettings settings;
  private TargetClients clients;
  private String ifItFails;
  private CommandCache cache;

  /** For a process that runs one command line. */
  public CommandContext(CliEnvironment cliEnvironment) {
    this(new ClientPool(cliEnvironment), true, null);
  }

  /** For a line of a shell, which notes what its output names. */
  public CommandContext(ClientPool pool, CompletionCache seen) {
    this(pool, false, seen);
  }

  private CommandContext(ClientPool pool, boolean ownPool, CompletionCache seen) {
    this.pool = pool;
    this.ownPool = ownPool;
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
        parsed,
        parsed.targetOptions().resolve(cliEnvironment.environment(), local().settings().port()),
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

  /** Reads a moment that an option gives; null stays null. */
  public Instant moment(String option, String text) {
    try {
      return TimeRange.moment(option, text, cliEnvironment.clock().instant());
    } catch (InvalidInputException e) {
      throw CommandException.usage(e);
    }
  }

  /** The same command line on a table of the local stack, whatever its target is; close it. */
  public CommandContext onLocalStack(String table) {
    CommandContext stack = new CommandContext(new ClientPool(cliEnvironment), true, seen);
    stack.begin(
        options,
        options
            .targetOptions()
            .local(cliEnvironment.environment(), local().settings().port(), table),
        dryRun().on(),
        true);
    return stack;
  }

  private void begin(DdbCommand parsed, TargetSettings target, boolean dry, boolean writes) {
    options = parsed;
    OutputOptions output = parsed.outputOptions();
    notices = notices(output);
    pool.sends().to(notices);
    results = new ResultPrinter(out, cliEnvironment, output, seen);
    settings = target;
    clients =
        new TargetClients(
            pool,
            settings,
            notices,
            new TargetClients.Needs(
                parsed.targetOptions().timeout(),
                output.showCapacity,
                dry,
                writes && !dry,
                parsed.targetOptions().allowsClockSkew()));
    settings.all().forEach(s -> notices.detail("setting " + s.name() + ": " + s.told()));
    cache = new CommandCache(this, pool.cache(settings.target()));
  }

  /** Ends a command that has done what it was asked for. */
  public void end() {
    cache.end();
    clients.tellEndpoint();
    dryRun().tell(notices);
  }

  /** Notices as these options want them. */
  public Notices notices(OutputOptions output) {
    boolean color = output.color(cliEnvironment.terminal().err(), cliEnvironment.environment());
    return new Notices(err(), output.quiet, output.verbose, color, text -> cures().in(text));
  }

  /** What completes the command lines that messages show. */
  public Cures cures() {
    return settings == null ? Cures.NONE : Cures.of(settings);
  }

  /** Who signs the requests to production, as STS knows them; asked for at most five seconds. */
  public CallerIdentity caller() {
    AwsEnvironment aws = new AwsEnvironment(cliEnvironment.environment());
    return CallerIdentity.of(
        new AwsAccess(aws, target().profile()), target().region(), LONGEST_LOOK);
  }

  /** The account that the requests to production are made in, in words. */
  public String account() {
    CallerIdentity caller = caller();
    return caller.account() == null
        ? "the account of the caller, which STS does not tell (" + caller.why() + ")"
        : "account " + caller.account();
  }

  /** Standard error, for what is not a notice. */
  public Writer err() {
    return new OutputStreamWriter(err, StandardCharsets.UTF_8);
  }

  public Map<String, String> environment() {
    return cliEnvironment.environment();
  }

  public SampleData sampleData() {
    return new SampleData(cliEnvironment.home());
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
    return format(OutputFormat.TABLE);
  }

  /**
   * A conversation's uuid as the table spells it: in lower case, as ddb writes it, unless only what
   * was typed is there, as another program wrote it.
   *
   * @throws InvalidInputException when it is not a uuid
   */
  public String conversation(String typed) {
    String lower = Uuids.require("the conversation", typed);
    return lower.equals(typed) || options.outputOptions().explain
        ? lower
        : chat().conversationUuid(typed);
  }

  /** The format that was asked for, else the fallback. */
  public OutputFormat format(OutputFormat fallback) {
    return options.outputOptions().format(cliEnvironment.environment(), fallback);
  }

  /**
   * Looks at {@code --columns}, before anything is read.
   *
   * @throws CommandException when a field is named that the list does not have
   */
  public void check(ListsRecords list) {
    traits.table.of(list.columns());
  }

  /** Prints a list. */
  public void list(Columns view, Consumer<RecordPrinter> print) {
    results.list(traits.table.of(view), print);
  }

  /** Prints a list whose records are to be seen as they come: without a pager. */
  public void follow(Columns view, Consumer<RecordPrinter> print) {
    results.follow(traits.table.of(view), print);
  }

  /** Prints one thing. */
  public void document(Map<String, ?> document) {
    dryRun().print(document, results);
  }

  /** Prints to standard output, or to a pager where that is a terminal of known height. */
  public void paged(Consumer<Writer> print) {
    results.paged(print);
  }

  /** Prints one line. */
  public void line(String text) {
    Printers.line(out, text);
  }

  /** Prints bytes as they are; on a terminal as text whose controls are shown, and a line's end. */
  public void bytes(byte[] value) {
    Printers.bytes(cliEnvironment.out(), value, cliEnvironment.terminal().out());
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

  /** The table's items as DynamoDB counts them now and then; -1 when it does not tell. */
  public long roughItems() {
    try {
      long items = tables().describe(table()).itemCount();
      return items > 0 ? items : -1;
    } catch (DynamoDbException e) {
      // Whoever may read items need not be allowed to describe the table.
      return -1;
    }
  }

  public TableAdmin tables() {
    return dryRun().tables(clients.dynamoDb());
  }

  /** The table's items, for work on many of them. */
  public ItemTable items() {
    return dryRun().over(plainItems(table()));
  }

  /** The items of another table of the target, to be read. */
  public ItemTable items(String name) {
    return plainItems(name);
  }

  private ItemTable plainItems(String name) {
    return new DynamoDbItemTable(clients.dynamoDb(), name);
  }

  /** Exports to S3 and imports from it. */
  public S3Jobs s3Jobs() {
    return new S3Jobs(clients.dynamoDb(), cliEnvironment.clock());
  }

  /** The table's conversations; writes drop the cached pages that they make stale. */
  public ConversationStore store() {
    return cache.store(false);
  }

  /** The table's conversations and nothing else. */
  public ConversationStore plainStore() {
    ConversationStore store = new DynamoDbConversationStore(clients.dynamoDb(), table());
    return dryRun().on() ? dryRun().over(table(), store, plainItems(table())) : store;
  }

  /** The caches of the target. */
  public CommandCache cache() {
    return cache;
  }

  public Reconciler reconciler(ConversationStore store) {
    return new Reconciler(store, Backoff.jittered());
  }

  public Chat chat() {
    return chat(false);
  }

  /** A chat whose pages come from the cache, if that is asked for. */
  public Chat chat(boolean cached) {
    ConversationStore store = cache.store(cached);
    return new Chat(
        store,
        users(),
        reconciler(store),
        cliEnvironment.clock(),
        () -> UUID.randomUUID().toString());
  }

  /** What takes messages and conversations away. */
  public Moderation moderation() {
    cache.warmUp();
    ConversationStore store = store();
    return new Moderation(store, reconciler(store));
  }

  /** Where messages are sent. */
  public SendCoalescer sends() {
    return pool.sends();
  }

  /** From now on a failure is no loss: what is said of it then, one sentence. */
  public void ifItFails(String sentence) {
    ifItFails = sentence;
  }

  /** What an operator must know of a failure besides its cause; null for nothing. */
  public String afterFailure() {
    return ifItFails != null
        ? ifItFails
        : clients != null && clients.mayHaveWritten()
            ? "Part of it may be done: look before you try again."
            : null;
  }

  public CliEnvironment cliEnvironment() {
    return cliEnvironment;
  }

  @Override
  public void close() {
    if (clients != null) {
      clients.close();
    }
    if (ownPool) {
      pool.close();
    }
  }
}

package com.cruddur.ddb.cli;

import com.cruddur.ddb.cache.CacheWrites;
import com.cruddur.ddb.cache.MomentoCache;
import com.cruddur.ddb.cache.PageCache;
import com.cruddur.ddb.cache.PageDrops;
import com.cruddur.ddb.cache.PageLists;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.DynamoDbConversationStore;
import com.cruddur.ddb.dynamo.Requests;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.output.RecordPrinter;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * What a command works with: its streams, its target, and clients that are opened when they are
 * first asked for and closed with the session.
 */
final class Session implements AutoCloseable {
  private final Invocation invocation;
  private final Writer out;
  private final LocalTarget local;
  private DdbCommand options = new DdbCommand();
  private Notices notices;
  private TargetSettings settings;
  private DryRun dryRun = new DryRun(false);
  private CapacityMeter meter = new CapacityMeter(false);
  private DynamoDbClient client;
  private boolean bulk;
  private TargetCache cache;
  private PageCache pages;

  Session(Invocation invocation) {
    this.invocation = invocation;
    this.out = new BufferedWriter(new OutputStreamWriter(invocation.out(), StandardCharsets.UTF_8));
    this.notices = new Notices(err(), false, false, invocation.terminal().err());
    this.local = new LocalTarget(invocation);
  }

  /**
   * Takes the options of the command that runs next; clients stay open if the target is the same.
   *
   * @param dry whether it only tells what it would do
   */
  void begin(DdbCommand parsed, boolean dry) {
    options = parsed;
    OutputOptions output = parsed.outputOptions();
    notices = new Notices(err(), output.quiet, output.verbose, invocation.terminal().err());
    TargetSettings next =
        parsed.targetOptions().resolve(invocation.environment(), local.settings().port());
    boolean other = settings == null || !next.target().equals(settings.target());
    if (other || output.showCapacity || bulk || dry || dryRun.on()) {
      close();
      bulk = false;
      cache = new TargetCache(next.target(), invocation.environment(), local);
      meter = new CapacityMeter(output.showCapacity);
      dryRun = new DryRun(dry);
    }
    settings = next;
    settings.all().forEach(s -> notices.detail("setting " + s.name() + ": " + s.told()));
    pages = cache.pages(notices);
  }

  /** Standard error, for what is not a notice. */
  Writer err() {
    return new OutputStreamWriter(invocation.err(), StandardCharsets.UTF_8);
  }

  Map<String, String> environment() {
    return invocation.environment();
  }

  SampleData sampleData() {
    return new SampleData(invocation.home());
  }

  Invocation.Terminal terminal() {
    return invocation.terminal();
  }

  InputStream in() {
    return invocation.in();
  }

  Writer out() {
    return out;
  }

  Notices notices() {
    return notices;
  }

  OutputOptions output() {
    return options.outputOptions();
  }

  OutputFormat format() {
    return options.outputOptions().format(invocation.environment());
  }

  /**
   * Prints a list; table columns are those that fit a person, csv has them all. The document is
   * ended only if all went well: half a list must not look like a whole one.
   */
  void list(View view, Consumer<RecordPrinter> print) {
    OutputFormat format = format();
    List<String> columns = format == OutputFormat.TABLE ? view.tableColumns() : view.columns();
    Invocation.Terminal terminal = invocation.terminal();
    RecordPrinter printer =
        Printers.records(format, out, columns, terminal.out(), terminal.columns());
    print.accept(printer);
    printer.close();
  }

  /** Prints one thing. */
  void document(Map<String, ?> document) {
    Printers.document(format(), out, dryRun.document(document), invocation.terminal().out());
  }

  /** Prints one line. */
  void line(String text) {
    Printers.line(out, text);
  }

  /** Prints bytes as they are; on a terminal as text whose controls are shown, and a line's end. */
  void bytes(byte[] value) {
    Printers.bytes(invocation.out(), value, invocation.terminal().out());
  }

  /** Null while no command has begun. */
  Target target() {
    return settings == null ? null : settings.target();
  }

  TargetSettings settings() {
    return settings;
  }

  String table() {
    return target().table();
  }

  DryRun dryRun() {
    return dryRun;
  }

  LocalTarget local() {
    return local;
  }

  CapacityMeter meter() {
    return meter;
  }

  /** The client for the target's tables; starts the embedded stack if that is meant. */
  DynamoDbClient dynamoDb() {
    if (client == null) {
      if (target().kind() == Target.Kind.LOCAL) {
        local.ensureRunning(notices);
      }
      client = dryRun.over(bulk ? clients().bulk() : clients().dynamoDb());
    }
    return client;
  }

  /**
   * From now on the client is one for long work, in this command. It is patient, so what is wrong
   * from the start (no table, no endpoint, no right) is found by the other one before.
   */
  void goBulk() {
    dynamoDb().query(Requests.lastMessage(table(), "-"));
    bulk = true;
    closeClient();
  }

  private DynamoDbClients clients() {
    return new DynamoDbClients(target(), "ddb/" + Version.number(), dryRun.interceptors(meter));
  }

  /** A new client for the streams of the target's tables; close it. */
  DynamoDbStreamsClient streams() {
    return clients().streams();
  }

  TableAdmin tables() {
    return new TableAdmin(dynamoDb());
  }

  /** The table's conversations; writes drop the cached pages that they make stale. */
  ConversationStore store() {
    return store(false);
  }

  private ConversationStore store(boolean cached) {
    ConversationStore table = plainStore();
    boolean pagesMatter = cached || (!dryRun.on() && cache.exists());
    return pagesMatter ? cache.over(table, pages, lists(), cached) : table;
  }

  /** The table's conversations and nothing else. */
  ConversationStore plainStore() {
    return new DynamoDbConversationStore(dynamoDb(), table());
  }

  /** For those who change the table other than through {@link #store}. */
  PageDrops drops() {
    return !dryRun.on() && cache.exists()
        ? cache.over(plainStore(), pages, lists(), false)
        : PageDrops.NONE;
  }

  PageLists lists() {
    return cache.lists(dynamoDb().serviceClientConfiguration().region().id());
  }

  /** The caches of the target; starts the embedded stack if that is meant. */
  MomentoCache cache() {
    return cache.open(notices);
  }

  /** Where a command changes caches; in a dry run that is nowhere. */
  CacheWrites cacheWrites() {
    return dryRun.over(cache());
  }

  /** Begins to open the cache if the command's writes will need it. */
  void warmUpCache() {
    if (!dryRun.on()) {
      cache.warmUp();
    }
  }

  TargetCache targetCache() {
    return cache;
  }

  Reconciler reconciler(ConversationStore store) {
    return new Reconciler(store, Backoff.jittered());
  }

  Chat chat(UserDirectory users) {
    return chat(users, false);
  }

  /** A chat whose pages come from the cache, if that is asked for. */
  Chat chat(UserDirectory users, boolean cached) {
    ConversationStore store = store(cached);
    return new Chat(
        store, users, reconciler(store), invocation.clock(), () -> UUID.randomUUID().toString());
  }

  Invocation invocation() {
    return invocation;
  }

  private void closeClient() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Override
  public void close() {
    closeClient();
    if (cache != null) {
      cache.close();
    }
  }
}

package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.CallerIdentity;
import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.batch.CallWatch;
import com.cruddur.ddb.dynamo.dryrun.DryRunPlan;
import com.cruddur.ddb.dynamo.dryrun.WriteTracker;
import com.cruddur.ddb.dynamo.s3.S3Jobs;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The target's clients of DynamoDB for one command line: the pool's, or one of its own where the
 * command counts, caps, works long or only tells what it would do.
 */
public final class TargetClients implements AutoCloseable {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(6);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private final ClientPool pool;
  private final Target target;
  private final Notices notices;
  private final Duration timeout;
  private final boolean anyClock;
  private final boolean counts;

  /** Whether the command changes the table; its client is refused where it must not. */
  private final boolean changes;

  private final DryRun dryRun;
  private final WriteTracker writes = new WriteTracker();
  private CapacityMeter meter;

  /** Null while the client is not one for long work. */
  private ThrottleCounter throttles;

  private CallWatch watch;
  private boolean capped;
  private boolean readOnly;

  /** Null where the pool's is used, or none yet. */
  private DynamoDbClient own;

  private ClientPool.Plain leased;
  private String ifItFails;
  private boolean running;

  /** Whether it is still to be asked if the command may write. */
  private boolean unasked;

  /** Whether the clock was compared: once is enough for a command line. */
  private boolean timed;

  /**
   * The clients of a command line.
   *
   * @param dry whether the command only tells what it would do
   * @param writes whether it changes the table when it is meant
   */
  TargetClients(
      ClientPool pool,
      TargetSettings settings,
      Notices notices,
      DdbCommand options,
      boolean dry,
      boolean writes) {
    this.pool = pool;
    this.target = settings.target();
    this.notices = notices;
    this.timeout = options.targetOptions().timeout();
    this.anyClock = options.targetOptions().allowsClockSkew();
    this.counts = options.outputOptions().showCapacity;
    this.changes = writes && !dry;
    this.dryRun = new DryRun(dry);
    this.meter = new CapacityMeter(counts);
    this.unasked = changes;
    pool.endpoint().begin(settings.of(TargetSettings.ENDPOINT));
  }

  /** Tells where the command has read, where that is worth it. */
  void tellEndpoint() {
    if (!changes) {
      pool.endpoint().tell(notices);
    }
  }

  /** The client for tables; starts the embedded stack if that is meant. */
  DynamoDbClient dynamoDb() {
    if (target.kind() == Target.Kind.LOCAL && !running) {
      pool.local().ensureRunning(notices);
      running = true;
    }
    pool.endpoint().warnOfPlainHttp(target, pool.cliEnvironment().environment(), notices);
    boolean plain = throttles == null && !capped && !readOnly && !counts && !dryRun.on();
    return plain ? pooled() : owned();
  }

  private DynamoDbClient pooled() {
    if (leased == null) {
      leased = pool.plain(target, timeout);
      leased.writes().reset();
    }
    requireWritable(leased.factory(), leased.client());
    return leased.client();
  }

  private DynamoDbClient owned() {
    if (own == null) {
      DynamoDbClients factory = clients();
      own = throttles == null ? factory.dynamoDb() : factory.bulk(throttles);
      unasked = changes;
      requireWritable(factory, own);
    }
    return own;
  }

  private void requireWritable(DynamoDbClients factory, DynamoDbClient client) {
    if (unasked) {
      unasked = false;
      if (target.isProd() && !timed) {
        timed = true;
        pool.clock().require(target, new TableAdmin(client), notices, anyClock);
      }
      // Saves asking for the table's account, which takes several times as long.
      if (target.kind() == Target.Kind.LOCAL && pool.local().isOwnStack()) {
        factory.tablesAreLocal();
      } else {
        factory.requireWritable();
      }
    }
  }

  /**
   * From now on the client is one for long work. It is patient, so what is wrong from the start (no
   * table, no endpoint, no right) is found by the other one before.
   */
  public void goBulk() {
    goBulk(target.table());
  }

  /** The same for a command that works on another table than the target's. */
  public void goBulk(String table) {
    if (!dryRun.tableIsNew()) {
      new TableAdmin(dynamoDb()).probe(table);
    }
    if (target.kind() == Target.Kind.LOCAL) {
      pool.local().watch();
    }
    throttles = new ThrottleCounter();
    watch = new CallWatch();
    close();
  }

  /** Counts what the client for long work is refused; null when that is not used. */
  public LongSupplier throttles() {
    return throttles == null ? null : throttles::count;
  }

  /** From now on this command line's clients refuse whatever is no read. */
  public void readOnly() {
    close();
    readOnly = true;
  }

  /** What the calls under way wait for, in a few words; null when there are none. */
  public String waitsFor() {
    return watch == null ? null : watch.cause(capped);
  }

  /** From now on this command consumes no more than the cap lets it. */
  public void cap(CapacityCap cap) {
    close();
    capped = true;
    meter = new CapacityMeter(counts, cap);
  }

  public CapacityMeter meter() {
    return meter;
  }

  DryRun dryRun() {
    return dryRun;
  }

  /** Whether the command may have written. */
  boolean mayHaveWritten() {
    return writes.any() || (leased != null && leased.writes().any());
  }

  /** From now on a failure is no loss: what is said of it then, one sentence; null for nothing. */
  public void ifItFails(String sentence) {
    ifItFails = sentence;
  }

  String afterFailure() {
    return ifItFails == null && mayHaveWritten()
        ? "Part of it may be done: look before you try again."
        : ifItFails;
  }

  /** The tables of any target, by a client that writes nothing and gives up soon; close it. */
  public TableAdmin probes(Target other, ExecutionInterceptor interceptor) {
    Duration soon = timeout.compareTo(PROBE_TIMEOUT) < 0 ? timeout : PROBE_TIMEOUT;
    return new TableAdmin(
        new DynamoDbClients(
                other,
                pool.aws(),
                "ddb/" + Version.number(),
                List.of(interceptor, DryRunPlan.interceptor()),
                soon)
            .dynamoDb());
  }

  private DynamoDbClients clients() {
    return new DynamoDbClients(
        target, pool.aws(), "ddb/" + Version.number(), interceptors(), timeout);
  }

  private List<ExecutionInterceptor> interceptors() {
    List<ExecutionInterceptor> all = new ArrayList<>();
    if (watch != null) {
      all.add(watch);
    }
    if (throttles != null && target.kind() == Target.Kind.LOCAL) {
      all.add(new LocalStackInterceptor(pool.local()));
    }
    all.addAll(dryRun.interceptors(meter, writes, pool.endpoint(), pool.clock().date()));
    if (readOnly) {
      all.add(DryRunPlan.interceptor());
    }
    return all;
  }

  /** Exports to S3 and imports from it. */
  public S3Jobs s3Jobs() {
    return new S3Jobs(dynamoDb(), pool.cliEnvironment().clock());
  }

  /** A new client for the streams of the target's tables; close it. */
  public DynamoDbStreamsClient streams() {
    return clients().streams();
  }

  /**
   * Where a command that follows the table tells what fails meanwhile: it waits for a stack that
   * was stopped, but its user has to start it.
   */
  public Consumer<String> outages() {
    if (target.kind() != Target.Kind.LOCAL) {
      return notices::warn;
    }
    pool.local().watch();
    String stopped = "; the local stack was stopped, 'ddb local start' starts it again";
    return line -> notices.warn(pool.local().hasStopped() ? line + stopped : line);
  }

  /** Who signs the requests to production, as STS knows them; asked for at most five seconds. */
  public CallerIdentity caller() {
    return CallerIdentity.of(
        new AwsAccess(pool.aws(), target.profile()), target.region(), LONGEST_LOOK);
  }

  /** The account that the requests to production are made in, in words. */
  public String account() {
    CallerIdentity caller = caller();
    return caller.account() == null
        ? "the account of the caller, which STS does not tell (" + caller.why() + ")"
        : "account " + caller.account();
  }

  /** Closes what is this command line's own. */
  @Override
  public void close() {
    if (own != null) {
      own.close();
      own = null;
    }
  }
}

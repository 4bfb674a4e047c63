package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.batch.CallWatch;
import com.cruddur.ddb.dynamo.dryrun.DryRunPlan;
import com.cruddur.ddb.dynamo.dryrun.WriteTracker;
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

  private final ClientPool pool;
  private final Target target;
  private final Notices notices;
  private final Needs needs;
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
  private boolean running;

  /** Whether it is still to be asked if the command may write. */
  private boolean unasked;

  /** Whether the clock was compared: once is enough for a command line. */
  private boolean timed;

  /**
   * What a command line wants of its clients.
   *
   * @param timeout how long a call takes at most
   * @param counts whether capacity is counted
   * @param dry whether the command only tells what it would do
   * @param writes whether it changes the table; the client is refused where it must not
   * @param anyClock whether it may write to production by a clock that is wrong
   */
  record Needs(Duration timeout, boolean counts, boolean dry, boolean writes, boolean anyClock) {}

  TargetClients(ClientPool pool, TargetSettings settings, Notices notices, Needs needs) {
    this.pool = pool;
    this.target = settings.target();
    this.notices = notices;
    this.needs = needs;
    this.dryRun = new DryRun(needs.dry);
    this.meter = new CapacityMeter(needs.counts);
    this.unasked = needs.writes;
    pool.endpoint().begin(settings.of(TargetSettings.ENDPOINT));
  }

  /** Tells where the command has read, where that is worth it. */
  void tellEndpoint() {
    if (!needs.writes) {
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
    boolean plain = throttles == null && !capped && !readOnly && !needs.counts && !needs.dry;
    return plain ? pooled() : owned();
  }

  private DynamoDbClient pooled() {
    if (leased == null) {
      leased = pool.plain(target, needs.timeout);
      leased.writes().reset();
    }
    requireWritable(leased.factory(), leased.client());
    return leased.client();
  }

  private DynamoDbClient owned() {
    if (own == null) {
      DynamoDbClients factory = clients();
      own = throttles == null ? factory.dynamoDb() : factory.bulk(throttles);
      unasked = needs.writes;
      requireWritable(factory, own);
    }
    return own;
  }

  private void requireWritable(DynamoDbClients factory, DynamoDbClient client) {
    if (unasked) {
      unasked = false;
      if (target.isProd() && !timed) {
        timed = true;
        pool.clock().require(target, new TableAdmin(client), notices, needs.anyClock);
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
    if (!dryRun.tableIsNew()) {
      new TableAdmin(dynamoDb()).probe(target.table());
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
    meter = new CapacityMeter(needs.counts, cap);
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

  /** The tables of any target, by a client that writes nothing and gives up soon; close it. */
  public TableAdmin probes(Target other, ExecutionInterceptor interceptor) {
    Duration soon = needs.timeout.compareTo(PROBE_TIMEOUT) < 0 ? needs.timeout : PROBE_TIMEOUT;
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
        target, pool.aws(), "ddb/" + Version.number(), interceptors(), needs.timeout);
  }

  private List<ExecutionInterceptor> interceptors() {
    List<ExecutionInterceptor> all = new ArrayList<>();
    if (watch != null) {
      all.add(watch);
    }
    if (throttles != null && target.kind() == Target.Kind.LOCAL) {
      all.add(new StoppedStackInterceptor(pool.local()));
    }
    all.addAll(dryRun.interceptors(meter, writes, pool.endpoint(), pool.clock().date()));
    if (readOnly) {
      all.add(DryRunPlan.interceptor());
    }
    return all;
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

  /** Closes what is this command line's own. */
  @Override
  public void close() {
    if (own != null) {
      own.close();
      own = null;
    }
  }
}

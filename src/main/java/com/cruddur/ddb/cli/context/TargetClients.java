package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.dynamo.CapacityCap;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Requests;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.ThrottleCounter;
import com.cruddur.ddb.dynamo.batch.CallWatch;
import com.cruddur.ddb.dynamo.dryrun.DryRunRequests;
import com.cruddur.ddb.dynamo.dryrun.WriteTracker;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The target's clients of DynamoDB, as the command that runs needs them. One is opened when it is
 * first asked for, and stays open for the commands after it that need no other.
 */
public final class TargetClients implements AutoCloseable {
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(6);

  private final LocalTarget local;
  private final AwsEnvironment environment;
  private final ClockGuard clock;
  private final WriteTracker writes = new WriteTracker();
  private final EndpointNotice endpoint = new EndpointNotice();
  private Target target;
  private Notices notices;
  private Duration timeout;
  private DryRun dryRun = new DryRun(false);
  private CapacityMeter meter = new CapacityMeter(false);

  /** Null while the client is not one for long work. */
  private ThrottleCounter throttles;

  private DynamoDbClients factory;
  private DynamoDbClient client;

  private boolean writing;

  /** Whether it is still to be asked if the command may write. */
  private boolean unasked;

  private boolean allowsClockSkew;

  private CallWatch watch;
  private boolean counting;
  private boolean capped;
  private boolean running;

  TargetClients(LocalTarget local, AwsEnvironment environment, InstantSource clock) {
    this.clock = new ClockGuard(clock);
    this.local = local;
    this.environment = environment;
  }

  /** What the last command did is no longer told. */
  void forget() {
    writes.reset();
  }

  /**
   * Gives the next command what it needs.
   *
   * @param patience how long a call takes at most
   * @param counts whether capacity is counted
   * @param dry whether the command only tells what it would do
   */
  void begin(Target next, Notices toTell, Duration patience, boolean counts, boolean dry) {
    boolean rehearses = dry || dryRun.on();
    boolean differs = !next.equals(target) || !patience.equals(timeout);
    notices = toTell;
    running = false;
    if (differs || counts || counting || throttles != null || capped || rehearses) {
      close();
      target = next;
      timeout = patience;
      counting = counts;
      meter = new CapacityMeter(counts);
      dryRun = new DryRun(dry);
      throttles = null;
      watch = null;
      capped = false;
    }
  }

  /** Where the next command reads. */
  void endpoint(Setting setting) {
    endpoint.begin(setting);
  }

  /** Tells where the command has read, where that is worth it. */
  void tellEndpoint() {
    if (!writing) {
      endpoint.tell(notices);
    }
  }

  /**
   * From now on the client is refused to a command that writes where it must not.
   *
   * @param anyClock whether it may write to production by a clock that is wrong
   */
  void writes(boolean any, boolean anyClock) {
    writing = any;
    unasked = any;
    allowsClockSkew = anyClock;
  }

  /** The client for tables; starts the embedded stack if that is meant. */
  DynamoDbClient dynamoDb() {
    if (target.kind() == Target.Kind.LOCAL && !running) {
      local.ensureRunning(notices);
      running = true;
    }
    boolean opens = client == null;
    if (opens) {
      factory = clients();
      client = dryRun.over(throttles == null ? factory.dynamoDb() : factory.bulk(throttles));
    }
    if (writing && (opens || unasked)) {
      if (unasked && target.isProd()) {
        clock.require(target, client, notices, allowsClockSkew);
      }
      unasked = false;
      if (isOwnEngine()) {
        factory.tablesAreLocal();
      } else {
        factory.requireWritable();
      }
    }
    return client;
  }

  /**
   * From now on the client is one for long work, in this command. It is patient, so what is wrong
   * from the start (no table, no endpoint, no right) is found by the other one before.
   */
  public void goBulk() {
    dynamoDb().query(Requests.lastMessage(target.table(), "-"));
    throttles = new ThrottleCounter();
    watch = new CallWatch();
    close();
  }

  /** Counts what the client for long work is refused; null when that is not used. */
  public LongSupplier throttles() {
    return throttles == null ? null : throttles::count;
  }

  /** What the calls under way wait for, in a few words; null when there are none. */
  public String waitsFor() {
    return watch == null ? null : watch.cause();
  }

  /** From now on this command consumes no more than the cap lets it. */
  public void cap(CapacityCap cap) {
    close();
    capped = true;
    meter = new CapacityMeter(counting, cap);
  }

  public CapacityMeter meter() {
    return meter;
  }

  DryRun dryRun() {
    return dryRun;
  }

  /** Whether the command may have written. */
  boolean mayHaveWritten() {
    return writes.any();
  }

  /** Clients of any target, which write nothing and give up soon. */
  public DynamoDbClients probes(Target other, ExecutionInterceptor interceptor) {
    Duration soon = timeout.compareTo(PROBE_TIMEOUT) < 0 ? timeout : PROBE_TIMEOUT;
    return new DynamoDbClients(
        other,
        environment,
        "ddb/" + Version.number(),
        List.of(interceptor, DryRunRequests.interceptor()),
        soon);
  }

  /** Saves asking for the table's account, which takes several times as long. */
  private boolean isOwnEngine() {
    return target.kind() == Target.Kind.LOCAL && local.isOwnStack();
  }

  private DynamoDbClients clients() {
    return new DynamoDbClients(
        target,
        environment,
        "ddb/" + Version.number(),
        watch == null
            ? dryRun.interceptors(meter, writes, endpoint, clock.date())
            : dryRun.interceptors(watch, meter, writes, endpoint, clock.date()),
        timeout);
  }

  /** A new client for the streams of the target's tables; close it. */
  public DynamoDbStreamsClient streams() {
    return clients().streams();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}

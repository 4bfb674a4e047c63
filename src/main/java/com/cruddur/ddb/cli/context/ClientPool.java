package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.dryrun.WriteTracker;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What stays open from one command line of a shell to the next: the client of the last target, its
 * cache, and the batch of messages that a script is sending. Nothing else outlives a command line.
 */
public final class ClientPool implements AutoCloseable {
  private final CliEnvironment cliEnvironment;
  private final LocalTarget local;
  private final AwsEnvironment aws;
  private final EndpointNotice endpoint = new EndpointNotice();
  private final SendCoalescer sends = new SendCoalescer();
  private final ClockGuard clock;
  private Plain plain;
  private Target cached;
  private TargetCache cache;

  public ClientPool(CliEnvironment cliEnvironment) {
    this.cliEnvironment = cliEnvironment;
    this.local = new LocalTarget(cliEnvironment);
    this.aws = new AwsEnvironment(cliEnvironment.environment());
    this.clock = new ClockGuard(cliEnvironment.clock());
  }

  /** A client with nothing special about it: interactive, without a cap, a count or a dry run. */
  record Plain(
      Target target,
      Duration timeout,
      DynamoDbClients factory,
      DynamoDbClient client,
      WriteTracker writes) {}

  /** The plain client of a target; the last one if that fits. */
  Plain plain(Target target, Duration timeout) {
    if (plain == null || !plain.target.equals(target) || !plain.timeout.equals(timeout)) {
      closeClient();
      WriteTracker writes = new WriteTracker();
      DynamoDbClients factory =
          new DynamoDbClients(
              target,
              aws,
              "ddb/" + Version.number(),
              List.of(writes, endpoint, clock.date()),
              timeout);
      plain = new Plain(target, timeout, factory, factory.dynamoDb(), writes);
    }
    return plain;
  }

  /** The caches of a target; those of another one are closed. */
  TargetCache cache(Target target) {
    if (cache == null || !target.equals(cached)) {
      closeCache();
      cached = target;
      cache = new TargetCache(target, cliEnvironment.environment(), local);
    }
    return cache;
  }

  CliEnvironment cliEnvironment() {
    return cliEnvironment;
  }

  LocalTarget local() {
    return local;
  }

  AwsEnvironment aws() {
    return aws;
  }

  ClockGuard clock() {
    return clock;
  }

  EndpointNotice endpoint() {
    return endpoint;
  }

  /** The messages of the lines that a script sends one after another. */
  public SendCoalescer sends() {
    return sends;
  }

  @Override
  public void close() {
    closeClient();
    closeCache();
  }

  private void closeClient() {
    if (plain != null) {
      plain.client.close();
      plain = null;
    }
  }

  private void closeCache() {
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }
}

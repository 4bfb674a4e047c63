package com.cruddur.ddb.trigger;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.cache.CacheSettings;
import com.cruddur.ddb.cache.CachedConversationStore;
import com.cruddur.ddb.cache.PageKeys;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.cruddur.ddb.trigger.TriggerHandler.Batch;
import com.cruddur.ddb.trigger.TriggerHandler.GroupFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What AWS Lambda calls with a batch of stream records. It answers with the records to be delivered
 * again ("partial batch response"), and logs one line of JSON a batch and one for each conversation
 * that failed, without message texts.
 *
 * <p>Lambda makes one of these for each instance and gives it the whole processor while it does: so
 * the client is made, and its classes are loaded by a first request, in the constructor.
 *
 * <p>It stops in time: with less than half a minute left, or once the table throttles, it begins no
 * other conversation, and reports what it has not begun to be delivered again.
 *
 * <p>Environment: {@code DDB_MESSAGE_TABLE}; {@code MOMENTO_API_KEY} or {@code
 * MOMENTO_API_KEY_SECRET_ARN}, {@code MOMENTO_CACHE_NAME} and {@code MOMENTO_ENDPOINT} where cached
 * pages are to be dropped; the rest (region, credentials, {@code AWS_ENDPOINT_URL_DYNAMODB}) is
 * read by the SDK. It stands beside {@code Main} as a way into the program, and so reads the
 * environment itself.
 */
public final class TriggerLambda implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
  /** A call with its retries; shorter than the command line's, since Lambda delivers again. */
  private static final Duration CALL = Duration.ofSeconds(10);

  /** What one conversation may take when calls are slow: begun with less left, it is cut off. */
  private static final int RESERVE_MILLIS = 30_000;

  private final ConversationStore store;
  private final String table;

  /** Stores that drop the cached pages of a table; null without a cache. */
  private final Function<PageKeys, CachedConversationStore> cached;

  /** For each table whose records came: one, as a rule. */
  private final Map<String, TriggerHandler> handlers = new HashMap<>();

  /** Called by Lambda, once an instance. */
  public TriggerLambda() {
    this(System.getenv());
  }

  TriggerLambda(Map<String, String> environment) {
    table = environment.getOrDefault("DDB_MESSAGE_TABLE", Target.DEFAULT_TABLE);
    Target target = new Target(Target.Kind.PROD, null, null, null, null, null, table);
    AwsEnvironment aws = new AwsEnvironment(environment);
    DynamoDbClients clients = new DynamoDbClients(target, aws, "ddb-trigger", List.of(), CALL);
    store = new DynamoDbConversationStore(clients.dynamoDb(), table);
    warmUp(store);
    boolean caches =
        CacheSettings.hasKey(environment) || environment.containsKey(LambdaCache.KEY_SECRET);
    cached = caches ? LambdaCache.over(store, environment) : null;
  }

  /** On a store, without a cache. */
  TriggerLambda(ConversationStore store, String table) {
    this.store = store;
    this.table = table;
    this.cached = null;
  }

  /** The names of cached pages hold the table's account and region, which a record names. */
  private TriggerHandler handler(List<DynamodbStreamRecord> records) {
    String arn =
        records.stream()
            .map(DynamodbStreamRecord::getEventSourceARN)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    return handlers.computeIfAbsent(arn, this::handlerOf);
  }

  private TriggerHandler handlerOf(String arn) {
    if (!arn.isEmpty() && !PageKeys.tableOf(arn).equals(table)) {
      // A batch that fails raises an alarm; one that moves nothing would never be noticed.
      throw new IllegalStateException(
          "the records are of table "
              + PageKeys.tableOf(arn)
              + ", but DDB_MESSAGE_TABLE is "
              + table);
    }
    if (cached == null || arn.isEmpty()) {
      return new TriggerHandler(new Reconciler(store), group -> {});
    }
    CachedConversationStore dropping = cached.apply(PageKeys.ofArn(arn));
    return new TriggerHandler(new Reconciler(dropping), dropping::dropConversation);
  }

  private static void warmUp(ConversationStore store) {
    try {
      store.newestMessage("warm-up");
    } catch (RuntimeException e) {
      // The first batch will meet and report the same.
    }
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    long began = System.nanoTime();
    List<DynamodbStreamRecord> records =
        event.getRecords() == null
            ? List.of()
            : event.getRecords().stream().filter(Objects::nonNull).toList();
    List<StreamChange> changes = records.stream().map(TriggerLambda::change).toList();
    Batch batch =
        handler(records).handle(changes, () -> context.getRemainingTimeInMillis() > RESERVE_MILLIS);
    LambdaLogger log = context.getLogger();
    String request = context.getAwsRequestId();
    batch.failed().forEach(trouble -> log(log, request, "ERROR", "failed", trouble));
    batch.unworkable().forEach(trouble -> log(log, request, "ERROR", "unworkable", trouble));
    batch.cacheFailures().forEach(trouble -> log(log, request, "WARN", "cache", trouble));
    log(log, request, changes, batch, Duration.ofNanos(System.nanoTime() - began));
    return StreamsEventResponse.builder().withBatchItemFailures(again(changes, batch)).build();
  }

  /**
   * The first records of what is to come again, in the shard's order. Lambda goes back to the least
   * of them.
   */
  private static List<BatchItemFailure> again(List<StreamChange> changes, Batch batch) {
    Set<String> numbers = new HashSet<>(batch.unfinished());
    batch.failed().forEach(trouble -> numbers.add(trouble.sequenceNumber()));
    return changes.stream()
        .map(StreamChange::sequenceNumber)
        .filter(numbers::contains)
        .map(BatchItemFailure::new)
        .toList();
  }

  private static StreamChange change(DynamodbStreamRecord record) {
    if (record.getDynamodb() == null) {
      return new StreamChange(record.getEventName(), null, null, null);
    }
    Map<String, AttributeValue> keys = record.getDynamodb().getKeys();
    Date at = record.getDynamodb().getApproximateCreationDateTime();
    return new StreamChange(
        record.getEventName(),
        text(keys, Keys.PK),
        text(keys, Keys.SK),
        record.getDynamodb().getSequenceNumber(),
        at == null ? null : at.toInstant());
  }

  private static String text(Map<String, AttributeValue> keys, String name) {
    AttributeValue value = keys == null ? null : keys.get(name);
    return value == null ? null : value.getS();
  }

  private static void log(
      LambdaLogger log, String request, String level, String event, GroupFailure trouble) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("level", level);
    line.put("event", event);
    line.put("request_id", request);
    line.put("message_group_uuid", trouble.groupUuid());
    line.put("sequence_number", trouble.sequenceNumber());
    line.put("reason", trouble.reason());
    // {"level":"ERROR","event":"failed","request_id":"…","message_group_uuid":"…",…}
    log.log(JsonLine.of(line));
  }

  private static void log(
      LambdaLogger log, String request, List<StreamChange> changes, Batch batch, Duration took) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("level", "INFO");
    line.put("event", "batch");
    line.put("request_id", request);
    line.put("records", batch.changes());
    line.put("messages", batch.messages());
    line.put("conversations", batch.settled().size());
    line.put("rows_written", batch.rowsWritten());
    line.put("failed", batch.failed().size());
    line.put("unfinished", batch.unfinished().size());
    line.put("unworkable", batch.unworkable().size());
    line.put("took_ms", took.toMillis());
    line.put("lag_ms", lagMillis(changes));
    // {"level":"INFO","event":"batch","request_id":"…","records":3,"messages":1,…}
    log.log(JsonLine.of(line));
  }

  /** How long ago the batch's last change was made; null when the stream does not say. */
  private static Long lagMillis(List<StreamChange> changes) {
    return changes.stream()
        .map(StreamChange::at)
        .filter(Objects::nonNull)
        .reduce((first, second) -> second)
        .map(at -> Duration.between(at, Instant.now()).toMillis())
        .orElse(null);
  }
}

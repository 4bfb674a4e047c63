package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.ChatException;
import com.cruddur.ddb.chat.Hints;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Reconciliation;
import com.cruddur.ddb.chat.Reconciliation.Unmoved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Turns a batch of stream changes into one reconcile for each conversation in it. */
public final class TriggerHandler {
  private final Reconciler reconciler;
  private final Consumer<String> staleConversation;

  /**
   * A handler.
   *
   * @param staleConversation told the uuid of every conversation whose messages changed, so that
   *     cached pages of its messages are dropped; the rows' own pages are the store's concern
   */
  public TriggerHandler(Reconciler reconciler, Consumer<String> staleConversation) {
    this.reconciler = reconciler;
    this.staleConversation = staleConversation;
  }

  /**
   * A conversation that a batch could not settle.
   *
   * @param sequenceNumber of its first record in the batch
   * @param groupUuid never empty
   */
  public record GroupFailure(String sequenceNumber, String groupUuid, RuntimeException cause) {

    /** The cause in words, without message texts. */
    public String reason() {
      return cause instanceof ChatException ? cause.getMessage() : cause.toString();
    }
  }

  /**
   * What became of a batch.
   *
   * @param changes records in it
   * @param messages records of new or changed messages; the others were passed by
   * @param settled what each reconcile did
   * @param failed to be delivered again from these sequence numbers on
   * @param unfinished the first records of the conversations that were not tried: the time was up,
   *     or the table throttles
   * @param unworkable what can never work, and is not worth another delivery
   * @param cacheFailures conversations whose cached messages may be stale until they expire
   */
  public record Batch(
      int changes,
      int messages,
      List<Reconciliation> settled,
      List<GroupFailure> failed,
      List<String> unfinished,
      List<GroupFailure> unworkable,
      List<GroupFailure> cacheFailures) {
    public Batch {
      settled = List.copyOf(settled);
      failed = List.copyOf(failed);
      unfinished = List.copyOf(unfinished);
      unworkable = List.copyOf(unworkable);
      cacheFailures = List.copyOf(cacheFailures);
    }

    /** Rows that were moved, made or deleted. */
    public int rowsWritten() {
      return settled.stream().mapToInt(Reconciliation::rowsWritten).sum();
    }
  }

  /** Handles a batch to its end. */
  public Batch handle(List<StreamChange> changes) {
    return handle(changes, () -> true);
  }

  /**
   * Handles a batch. Throws nothing for a single conversation's sake. It ends early when the table
   * throttles: more requests would only make it worse.
   *
   * @param inTime asked before each conversation whether there is time for it
   */
  public Batch handle(List<StreamChange> changes, BooleanSupplier inTime) {
    Map<String, List<StreamChange>> conversations = new LinkedHashMap<>();
    for (StreamChange change : changes) {
      if (change.isMessage() || change.isDeletion()) {
        conversations.computeIfAbsent(change.groupUuid(), group -> new ArrayList<>()).add(change);
      }
    }
    BatchBuilder batch = new BatchBuilder();
    conversations.forEach(
        (group, own) -> {
          if (batch.throttled || !inTime.getAsBoolean()) {
            batch.unfinished.add(own.get(0).sequenceNumber());
          } else {
            settle(group, own, batch);
          }
        });
    int messages = (int) changes.stream().filter(StreamChange::isMessage).count();
    return new Batch(
        changes.size(),
        messages,
        batch.settled,
        batch.failed,
        batch.unfinished,
        batch.unworkable,
        batch.cacheFailures);
  }

  private static final class BatchBuilder {
    private final List<Reconciliation> settled = new ArrayList<>();
    private final List<GroupFailure> failed = new ArrayList<>();
    private final List<String> unfinished = new ArrayList<>();
    private boolean throttled;
    private final List<GroupFailure> unworkable = new ArrayList<>();
    private final List<GroupFailure> cacheFailures = new ArrayList<>();
  }

  private void settle(String group, List<StreamChange> changes, BatchBuilder batch) {
    String first = changes.get(0).sequenceNumber();
    try {
      Reconciliation done = reconciler.reconcile(group, hints(changes));
      batch.settled.add(done);
      // One row that is refused must not hold up its shard; one that others held is tried again.
      done.unmoved().stream()
          .collect(Collectors.partitioningBy(Unmoved::refused))
          .forEach(
              (refused, rows) ->
                  rows.stream()
                      .findFirst()
                      .map(row -> new GroupFailure(first, group, row.cause()))
                      .ifPresent((refused ? batch.unworkable : batch.failed)::add));
    } catch (RuntimeException e) {
      batch.failed.add(new GroupFailure(first, group, e));
      batch.throttled = e instanceof DynamoDbException d && d.isThrottlingException();
    }
    try {
      // Whatever became of the rows, the message is there, or gone.
      staleConversation.accept(group);
    } catch (RuntimeException e) {
      batch.cacheFailures.add(new GroupFailure(first, group, e));
    }
  }

  private static Hints hints(List<StreamChange> changes) {
    return Hints.ofKeys(keys(changes, StreamChange::isMessage))
        .withDeleted(keys(changes, StreamChange::isDeletion));
  }

  private static Set<String> keys(List<StreamChange> changes, Predicate<StreamChange> which) {
    return changes.stream().filter(which).map(StreamChange::sk).collect(Collectors.toSet());
  }
}

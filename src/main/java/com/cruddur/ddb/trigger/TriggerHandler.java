package com.cruddur.ddb.trigger;

import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Reconciliation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Turns a batch of stream changes into one reconcile for each conversation in it. */
public final class TriggerHandler {
  private final Reconciler reconciler;
  private final Consumer<String> staleConversation;

  /**
   * A handler.
   *
   * @param staleConversation told the uuid of every conversation with new messages, so that cached
   *     pages of its messages are dropped; the rows' own pages are the store's concern
   */
  public TriggerHandler(Reconciler reconciler, Consumer<String> staleConversation) {
    this.reconciler = reconciler;
    this.staleConversation = staleConversation;
  }

  /**
   * A conversation that a batch could not settle.
   *
   * @param sequenceNumber of its first record in the batch
   * @param groupUuid empty when the record names none
   * @param cause null when there is no exception: the key names no conversation
   */
  public record Trouble(String sequenceNumber, String groupUuid, RuntimeException cause) {

    /** The cause in words, without message texts. */
    public String reason() {
      return cause == null ? "the key names no conversation" : cause.toString();
    }
  }

  /**
   * What became of a batch.
   *
   * @param changes records in it
   * @param messages records of new or changed messages; the others were passed by
   * @param settled what each reconcile did
   * @param failed to be delivered again from these sequence numbers on
   * @param unworkable what can never work, and is not worth another delivery
   * @param cacheFailures conversations whose cached messages may be stale until they expire
   */
  public record Batch(
      int changes,
      int messages,
      List<Reconciliation> settled,
      List<Trouble> failed,
      List<Trouble> unworkable,
      List<Trouble> cacheFailures) {
    public Batch {
      settled = List.copyOf(settled);
      failed = List.copyOf(failed);
      unworkable = List.copyOf(unworkable);
      cacheFailures = List.copyOf(cacheFailures);
    }

    /** Rows that were moved, made or deleted. */
    public int rowsWritten() {
      return settled.stream().mapToInt(r -> r.moved() + r.created() + r.deleted()).sum();
    }
  }

  /** Handles a batch. Throws nothing for a single conversation's sake. */
  public Batch handle(List<StreamChange> changes) {
    List<StreamChange> messages = changes.stream().filter(StreamChange::isMessage).toList();
    Map<String, StreamChange> firsts = new LinkedHashMap<>();
    messages.forEach(change -> firsts.putIfAbsent(change.groupUuid(), change));
    List<Reconciliation> settled = new ArrayList<>();
    List<Trouble> failed = new ArrayList<>();
    List<Trouble> unworkable = new ArrayList<>();
    List<Trouble> cacheFailures = new ArrayList<>();
    firsts.forEach(
        (group, first) -> {
          if (group.isEmpty()) {
            unworkable.add(new Trouble(first.sequenceNumber(), group, null));
            return;
          }
          try {
            settled.add(reconciler.reconcile(group));
          } catch (RuntimeException e) {
            (canNeverWork(e) ? unworkable : failed)
                .add(new Trouble(first.sequenceNumber(), group, e));
          }
          try {
            // Whatever became of the rows, the message is there.
            staleConversation.accept(group);
          } catch (RuntimeException e) {
            cacheFailures.add(new Trouble(first.sequenceNumber(), group, e));
          }
        });
    return new Batch(changes.size(), messages.size(), settled, failed, unworkable, cacheFailures);
  }

  /**
   * Whether DynamoDB refuses the row itself, such as one that a huge message of another program
   * makes larger than an item may be. A request that is wrong as a whole (no such index) is not
   * meant: that is the table's fault and can be mended.
   */
  private static boolean canNeverWork(RuntimeException e) {
    if (e instanceof TransactionCanceledException cancelled) {
      return cancelled.cancellationReasons().stream()
          .anyMatch(reason -> "ValidationError".equals(reason.code()));
    }
    return e instanceof DynamoDbException refused
        && refused.awsErrorDetails() != null
        && "ValidationException".equals(refused.awsErrorDetails().errorCode())
        && refused.getMessage().contains("Item size");
  }
}

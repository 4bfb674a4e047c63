package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ConversationStore.Move;
import com.cruddur.ddb.chat.Hints;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.Reconciliation;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemReads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Brings the rows of conversations to their newest messages. For several threads. */
final class RowSettlement {
  private final ConversationStore store;
  private final ItemReads reads;
  private final Reconciler reconciler;

  RowSettlement(ConversationStore store, ItemReads reads, Reconciler reconciler) {
    this.store = store;
    this.reads = reads;
    this.reconciler = reconciler;
  }

  /** Whatever the table holds. */
  void settle(ConversationState load, BatchResult outcome) {
    if (load.rowsAt != null && load.newest != null && load.rowsAt.equals(load.newestKey())) {
      // Whoever writes a newer one meanwhile moves them.
      return;
    }
    List<String> newest = load.newest == null ? List.of() : List.of(load.newestKey());
    Hints hints = Hints.ofUsers(load.participants).withKeys(newest);
    Reconciliation done = reconciler.reconcile(load.groupUuid, hints);
    load.changed |= done.rowsWritten() > 0;
    done.unmoved().forEach(row -> outcome.behind(row.cause().getMessage()));
  }

  /**
   * The rows that this run has made and that stand where it made them, many in a transaction: a few
   * requests for all instead of five for each conversation. What is not as expected stays for
   * {@link #settle}.
   */
  void settleTogether(Collection<ConversationState> ended) {
    Map<Map<String, AttributeValue>, ConversationState> byKey = new LinkedHashMap<>();
    for (ConversationState load : ended) {
      if (load.rowsAt != null && load.refusal() == null && !load.rowsAt.equals(load.newestKey())) {
        for (User user : load.participants) {
          byKey.put(Keys.key(Keys.conversations(user.uuid()), load.rowsAt), load);
        }
      }
    }
    if (byKey.isEmpty()) {
      return;
    }
    Map<ConversationState, List<Move>> moves = new LinkedHashMap<>();
    for (Map<String, AttributeValue> item : reads.standing(List.copyOf(byKey.keySet()))) {
      ConversationRow row = Items.row(item);
      ConversationState load = byKey.get(Keys.of(item));
      if (load.groupUuid.equals(row.groupUuid())) {
        moves
            .computeIfAbsent(load, l -> new ArrayList<>())
            .add(new Move(row, row.movedTo(load.newest)));
      }
    }
    Set<String> left =
        store.moveRows(moves.values().stream().flatMap(List::stream).toList()).stream()
            .map(move -> move.from().groupUuid())
            .collect(Collectors.toSet());
    moves.keySet().forEach(load -> load.changed |= !left.contains(load.groupUuid));
    moves
        .entrySet()
        .removeIf(of -> of.getValue().size() < 2 || left.contains(of.getKey().groupUuid));
    for (ConversationState load : standing(moves.keySet())) {
      load.rowsAt = load.newestKey();
    }
  }

  /**
   * Those whose newest message still stands: whoever deleted it may have looked at the rows before
   * they stood there.
   */
  private Set<ConversationState> standing(Set<ConversationState> moved) {
    Map<Map<String, AttributeValue>, ConversationState> byKey = new HashMap<>();
    for (ConversationState load : moved) {
      byKey.put(Keys.key(Keys.messages(load.groupUuid), load.newestKey()), load);
    }
    return reads.standing(List.copyOf(byKey.keySet())).stream()
        .map(item -> byKey.get(Keys.of(item)))
        .collect(Collectors.toSet());
  }
}

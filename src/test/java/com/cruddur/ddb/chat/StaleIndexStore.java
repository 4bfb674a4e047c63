package com.cruddur.ddb.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A store whose index lags: it shows of a conversation what a test says, given every row that the
 * index ever held, oldest first.
 */
final class StaleIndexStore extends ForwardingStore {
  private final List<ConversationRow> history = Collections.synchronizedList(new ArrayList<>());
  private final View view;

  /** What the index shows of all rows that it ever held. */
  interface View {
    List<ConversationRow> of(List<ConversationRow> history);
  }

  StaleIndexStore(ConversationStore store, View view) {
    super(store);
    this.view = view;
  }

  /** Any of them, each time others. */
  static View random(long seed) {
    Random random = new Random(seed);
    return history -> {
      synchronized (random) {
        return history.stream().filter(row -> random.nextInt(3) == 0).toList();
      }
    };
  }

  @Override
  public List<ConversationRow> indexedRows(String groupUuid) {
    for (ConversationRow row : super.indexedRows(groupUuid)) {
      synchronized (history) {
        if (!history.contains(row)) {
          history.add(row);
        }
      }
    }
    synchronized (history) {
      return view.of(history.stream().filter(row -> row.groupUuid().equals(groupUuid)).toList());
    }
  }
}

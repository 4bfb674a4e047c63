package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.dynamo.batch.PendingPuts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records that are written together, and what became of them. One thread at a time. */
final class SeedBatch {
  final int number;
  final Map<ConversationState, List<ValidMessage>> messages = new LinkedHashMap<>();

  /** The conversations that end with it. */
  final Set<ConversationState> ended = new LinkedHashSet<>();

  final PendingPuts puts = new PendingPuts();
  final BatchResult outcome = new BatchResult();

  /** How far the inputs were read when it was full. */
  SeedPosition position;

  private int records;
  private int characters;

  SeedBatch(int number) {
    this.number = number;
  }

  void add(ConversationState load, ValidMessage draft) {
    messages.computeIfAbsent(load, l -> new ArrayList<>()).add(draft);
    characters += draft.message().text().length();
  }

  /** Counts a record, whatever becomes of it. */
  void count() {
    records++;
  }

  boolean isFull(int mostRecords, int mostCharacters) {
    return records >= mostRecords || characters >= mostCharacters || ended.size() >= mostRecords;
  }
}

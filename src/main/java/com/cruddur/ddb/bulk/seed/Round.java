package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.dynamo.batch.PutGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records that are written together, and what became of them. One thread at a time. */
final class Round {
  final int number;
  final Map<ConversationLoad, List<Draft>> messages = new LinkedHashMap<>();

  /** The conversations that end with it. */
  final Set<ConversationLoad> ended = new LinkedHashSet<>();

  final PutGroup puts = new PutGroup();
  final Outcome outcome = new Outcome();

  /** How far the inputs were read when it was full. */
  SeedPosition position;

  private int records;
  private int characters;

  Round(int number) {
    this.number = number;
  }

  void add(ConversationLoad load, Draft draft) {
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

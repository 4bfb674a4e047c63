package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.bulk.Reject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What became of the records of a round, to be told by the thread of the run. For one thread. */
final class BatchResult {
  private final List<Reject> rejects = new ArrayList<>();
  private final List<String> behind = new ArrayList<>();
  private final Set<String> changed = new HashSet<>();
  private final RecordCounters tally = new RecordCounters();

  void count(Kind kind, RecordStatus fate) {
    tally.add(kind, fate, 1);
  }

  void reject(Kind kind, Place at, String reason) {
    count(kind, RecordStatus.REJECTED);
    rejects.add(at.reject(reason));
  }

  /** Items were stored in a partition. */
  void change(String pk) {
    changed.add(pk);
  }

  /** A conversation row could not be moved. */
  void behind(String reason) {
    behind.add(reason);
  }

  void add(BatchResult other) {
    behind.addAll(other.behind);
    rejects.addAll(other.rejects);
    changed.addAll(other.changed);
    tally.add(other.tally);
  }

  Set<String> changed() {
    return changed;
  }

  List<String> behind() {
    return behind;
  }

  List<Reject> rejects() {
    return rejects;
  }

  RecordCounters tally() {
    return tally;
  }
}

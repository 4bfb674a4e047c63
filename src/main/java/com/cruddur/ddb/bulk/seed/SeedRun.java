package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.RecordCounters.RecordStatus;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.StoppedException;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.User;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One seed: checks each record, gathers the messages into rounds, keeps the account. */
final class SeedRun implements SeedSink {
  private final SeedParticipants members;
  private final MessageValidator drafts;
  private final SeedUsers users;
  private final BulkListener listener;
  private final Checkpoint checkpoint;
  private final SeedCursor cursor;
  private final RecordCounters tally = new RecordCounters();
  private final Map<String, ConversationState> loads = new HashMap<>();

  /** To be filled in by those who write. */
  final RenamedUsers renamed;

  private SeedPipeline rounds;

  /** How far the rounds that are written reach; null before inputs are read in their order. */
  private SeedPosition reached;

  private int round;
  private long settling;
  private long settled;

  SeedRun(
      ConversationStore store,
      SeedUsers users,
      BulkListener listener,
      Checkpoint checkpoint,
      DeferredRecords late) {
    this.members = new SeedParticipants(store, users);
    this.drafts = new MessageValidator(users);
    this.users = users;
    this.listener = listener;
    this.checkpoint = checkpoint;
    this.cursor = new SeedCursor(late);
    this.renamed = new RenamedUsers(store);
  }

  void writeTo(SeedPipeline toRounds) {
    rounds = toRounds;
  }

  /** Takes over what an earlier run was done with. */
  void resume(SeedPosition from) throws IOException {
    tally.restore(checkpoint.state().path("tally"));
    checkpoint.require(tally.read() == checkpoint.done(), "tally");
    SeedState.load(checkpoint, users, load -> loads.put(load.groupUuid, load));
    reached = from;
  }

  /** The input that is read from now on: see {@link SeedCursor#reading}. */
  void reading(int number, String name, SeedPosition from, boolean again) {
    cursor.reading(number, name, from, again);
    if (reached == null) {
      reached = SeedPosition.START;
    }
  }

  void requireMet() {
    cursor.requireMet(checkpoint);
  }

  SeedPosition position() {
    return cursor.position();
  }

  @Override
  public void at(long nextLine, long toItsEnd) {
    cursor.at(nextLine, toItsEnd);
  }

  private void count(Kind kind, RecordStatus fate) {
    rounds.current().outcome.count(kind, fate);
  }

  private void reject(Kind kind, Place at, String reason) {
    rounds.current().outcome.reject(kind, at, reason);
  }

  /** The record is in the round: which is sent off if it is full. */
  private void handedOver() {
    rounds.current().count();
    sendIfFull();
  }

  private void sendIfFull() {
    if (rounds.sendIfFull() && checkpoint.stopped()) {
      throw new StoppedException();
    }
  }

  /** A round is written; called by the run's own thread. */
  void written(SeedBatch done) {
    tally.add(done.outcome.tally());
    done.outcome.rejects().forEach(listener.rejects());
    done.outcome.changed().forEach(listener.changed());
    done.outcome.behind().forEach(listener.behind());
    done.ended.forEach(load -> loads.remove(load.groupUuid, load));
    round = done.number;
    if (reached != null) {
      reached = done.position;
      if (checkpoint.due()) {
        save();
      }
    }
    settled += settling == 0 ? 0 : done.ended.size();
    listener.progress().accept(tally.progress(cursor.file()).settling(settling, settled));
  }

  /** Keeps how far the written rounds reach. */
  void save() {
    if (reached != null) {
      List<ConversationState> open =
          loads.values().stream().filter(load -> load.round <= round).toList();
      SeedState.save(checkpoint, tally, reached, users.ofInput(), open);
    }
  }

  @Override
  public void unreadable(Place at, Kind kind, String reason) {
    if (cursor.isDone()) {
      return;
    }
    count(kind, RecordStatus.READ);
    reject(kind, at, reason);
    handedOver();
  }

  /** Counted with the record that follows, so that a run which goes on meets both or neither. */
  @Override
  public void fields(Place at, String reason) {
    if (cursor.isPast()) {
      count(Kind.FIELD, RecordStatus.READ);
      reject(Kind.FIELD, at, reason);
    }
  }

  @Override
  public void user(Place at, String uuid, String displayName, String handle) {
    if (cursor.isDone()) {
      return;
    }
    count(Kind.USER, RecordStatus.READ);
    String problem = users.add(uuid, displayName, handle);
    if (problem != null) {
      reject(Kind.USER, at, problem);
    } else {
      // The table holds no users: there is nothing to write.
      count(Kind.USER, RecordStatus.UNCHANGED);
    }
    handedOver();
  }

  @Override
  public String conversationUuid(String given) {
    return members.conversationUuid(given);
  }

  @Override
  public ConversationState conversation(Place at, String groupUuid, List<String> participants) {
    ConversationState before = groupUuid == null ? null : loaded(groupUuid);
    if (cursor.isDone()) {
      return before == null ? ConversationState.refused(groupUuid, at, "it is done") : before;
    }
    count(Kind.CONVERSATION, RecordStatus.READ);
    ConversationState load = taken(at, groupUuid, participants, before);
    handedOver();
    return load;
  }

  private ConversationState taken(
      Place at, String groupUuid, List<String> participants, ConversationState before) {
    Map<String, User> found = new LinkedHashMap<>();
    String problem = members.problem(groupUuid, participants, found);
    boolean known = before != null && before.refusal() == null;
    if (problem == null && known) {
      if (found.keySet().stream().allMatch(before::isParticipant)) {
        count(Kind.CONVERSATION, RecordStatus.UNCHANGED);
        return before;
      }
      problem = "its conversation is above with other participants";
    }
    if (problem != null) {
      reject(Kind.CONVERSATION, at, problem);
      ConversationState refused = ConversationState.refused(groupUuid, at, problem);
      if (groupUuid != null && !known) {
        keep(refused);
      }
      return refused;
    }
    return keep(new ConversationState(groupUuid, at, List.copyOf(found.values())));
  }

  private ConversationState keep(ConversationState load) {
    load.round = rounds.current().number;
    loads.put(load.groupUuid, load);
    return load;
  }

  /**
   * The conversation of a record read earlier. One that has ended in an earlier round is waited
   * for: from then on the table tells of it.
   */
  private ConversationState loaded(String groupUuid) {
    ConversationState load = loads.get(groupUuid);
    if (load != null && load.ended && !rounds.current().ended.contains(load)) {
      rounds.awaitSent();
      load = loads.get(groupUuid);
    }
    return load;
  }

  @Override
  public boolean knows(List<String> participants) {
    return participants.stream().allMatch(reference -> users.find(reference).isPresent());
  }

  /** Besides those of the input, conversations of the table take messages. */
  @Override
  public ConversationState find(String groupUuid) {
    ConversationState load = loaded(groupUuid);
    if (load == null) {
      load = members.inTable(groupUuid);
    }
    return load == null || loads.containsKey(groupUuid) ? load : keep(load);
  }

  @Override
  public void message(Place at, ConversationState load, RawMessage raw) {
    if (cursor.isDone()) {
      return;
    }
    count(Kind.MESSAGE, RecordStatus.READ);
    String problem = MessageValidator.problem(load, raw);
    if (problem == null) {
      try {
        rounds.current().add(load, drafts.of(at, load, raw));
      } catch (InvalidInputException e) {
        problem = e.getMessage();
      }
    }
    if (problem != null) {
      reject(Kind.MESSAGE, at, problem);
    }
    handedOver();
  }

  @Override
  public void end(ConversationState load) {
    if (load.counted) {
      // Another record may repair it.
      loads.remove(load.groupUuid, load);
    } else if (!load.ended) {
      // Until the round is written it is kept, so that another record goes on with it.
      load.ended = true;
      rounds.current().ended.add(load);
      sendIfFull();
    }
  }

  /** All that was read so far is written, so that the table tells of it. */
  void catchUp() {
    rounds.finish();
    members.lookAgain();
  }

  /** Ends what is open, waits for everything, and gives the account. */
  SeedAccount finish() {
    settling = loads.values().stream().filter(load -> !load.counted && !load.ended).count();
    for (ConversationState load : List.copyOf(loads.values())) {
      if (!load.counted) {
        end(load);
      }
    }
    rounds.finish();
    renamed.lookFor(users.ofInput());
    renamed.tell(listener.notes());
    return tally.account(EnumSet.of(Kind.USER, Kind.CONVERSATION, Kind.MESSAGE));
  }
}

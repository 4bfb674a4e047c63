package com.cruddur.ddb.bulk;

import com.cruddur.ddb.bulk.Tally.Fate;
import com.cruddur.ddb.bulk.Tally.Kind;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One seed: checks each record, gathers the messages into rounds, keeps the account. */
final class SeedRun implements SeedSink {
  /** Years of four digits, so that keys have one length. */
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final ConversationStore store;
  private final SeedUsers users;
  private final BulkListener listener;
  private final Tally tally = new Tally();
  private final Map<String, ConversationLoad> loads = new HashMap<>();
  private final List<ConversationLoad> ended = new ArrayList<>();
  private final Set<String> unknown = new HashSet<>();
  private Rounds rounds;
  private String file = "";

  SeedRun(ConversationStore store, SeedUsers users, BulkListener listener) {
    this.store = store;
    this.users = users;
    this.listener = listener;
  }

  void writeTo(Rounds toRounds) {
    rounds = toRounds;
  }

  /** The input that is read from now on. */
  void reading(String name) {
    file = name;
  }

  @Override
  public void unreadable(Place at, Kind kind, String reason) {
    tally.add(kind, Fate.READ, 1);
    reject(kind, at, reason);
  }

  private void reject(Kind kind, Place at, String reason) {
    tally.add(kind, Fate.REJECTED, 1);
    listener.rejects().accept(at.reject(reason));
  }

  /** What a round has done; called by the run's own thread. */
  void tell(Outcome outcome) {
    tally.add(outcome.tally());
    outcome.rejects().forEach(listener.rejects());
    outcome.changed().forEach(listener.changed());
  }

  @Override
  public void user(Place at, String uuid, String displayName, String handle) {
    tally.add(Kind.USER, Fate.READ, 1);
    String problem = users.add(uuid, displayName, handle);
    if (problem != null) {
      reject(Kind.USER, at, problem);
    } else {
      // The table holds no users: there is nothing to write.
      tally.add(Kind.USER, Fate.UNCHANGED, 1);
    }
  }

  @Override
  public ConversationLoad conversation(Place at, String groupUuid, List<String> participants) {
    tally.add(Kind.CONVERSATION, Fate.READ, 1);
    Map<String, User> members = new LinkedHashMap<>();
    String problem = members(groupUuid, participants, members);
    ConversationLoad before = groupUuid == null ? null : loads.get(groupUuid);
    boolean known = before != null && before.refusal() == null;
    if (problem == null && known) {
      if (members.keySet().stream().allMatch(before::isParticipant)) {
        tally.add(Kind.CONVERSATION, Fate.UNCHANGED, 1);
        return before;
      }
      problem = "its conversation stands above with other participants";
    }
    if (problem != null) {
      reject(Kind.CONVERSATION, at, problem);
      ConversationLoad refused = ConversationLoad.refused(groupUuid, at, problem);
      if (groupUuid != null && !known) {
        loads.put(groupUuid, refused);
      }
      return refused;
    }
    ConversationLoad load = new ConversationLoad(groupUuid, at, List.copyOf(members.values()));
    loads.put(groupUuid, load);
    return load;
  }

  /** Fills in the members; returns why it cannot, or null. */
  private String members(String groupUuid, List<String> references, Map<String, User> members) {
    if (groupUuid == null) {
      return "message_group_uuid is missing or no string";
    } else if (!Uuids.isUuid(groupUuid)) {
      return "message_group_uuid '" + groupUuid + "' is not a uuid";
    } else if (references == null) {
      return "participants are missing, or no list of strings";
    }
    for (String reference : references) {
      Optional<User> user = users.find(reference);
      if (user.isEmpty()) {
        return "participant '" + reference + "' is unknown";
      }
      members.put(user.get().uuid(), user.get());
    }
    boolean two = references.size() == 2 && members.size() == 2;
    return two ? null : "a conversation has two different participants, not " + references;
  }

  @Override
  public boolean knows(List<String> participants) {
    return participants.stream().allMatch(reference -> users.find(reference).isPresent());
  }

  /** Besides those of the input, conversations of the table take messages. */
  @Override
  public ConversationLoad find(String groupUuid) {
    ConversationLoad load = loads.get(groupUuid);
    if (load == null && Uuids.isUuid(groupUuid) && !unknown.contains(groupUuid)) {
      load = inTable(groupUuid);
      if (load == null) {
        unknown.add(groupUuid);
      } else {
        loads.put(groupUuid, load);
      }
    }
    return load;
  }

  private ConversationLoad inTable(String groupUuid) {
    Map<String, User> members = new LinkedHashMap<>();
    List<ConversationRow> indexed = store.indexedRows(groupUuid);
    indexed.forEach(row -> name(row, members));
    // The index may lag: whom a row names has a row, which names the first one's owner.
    List.copyOf(members.values())
        .forEach(user -> store.rows(user.uuid(), groupUuid).forEach(row -> name(row, members)));
    if (members.size() == 2) {
      return new ConversationLoad(groupUuid, null, List.copyOf(members.values()));
    }
    return indexed.isEmpty()
        ? null
        : ConversationLoad.refused(
            groupUuid, null, "conversation " + groupUuid + " has no two rows in the table");
  }

  private static void name(ConversationRow row, Map<String, User> members) {
    if (!row.other().uuid().isEmpty()) {
      members.put(row.other().uuid(), row.other());
    }
  }

  @Override
  public void message(Place at, ConversationLoad load, RawMessage raw) {
    tally.add(Kind.MESSAGE, Fate.READ, 1);
    String problem = problem(load, raw);
    if (problem != null) {
      reject(Kind.MESSAGE, at, problem);
      return;
    }
    try {
      Draft draft = draft(at, load, raw);
      if (rounds.add(load, draft)) {
        sent();
      }
    } catch (InvalidInputException e) {
      reject(Kind.MESSAGE, at, e.getMessage());
    }
  }

  private static String problem(ConversationLoad load, RawMessage raw) {
    if (load == null) {
      return unknown(raw.groupUuid());
    } else if (load.refusal() != null) {
      return load.record == null ? load.refusal() : load.refusalOfMessages();
    } else if (raw.from() == null) {
      return "from is missing";
    } else if (raw.text() == null) {
      return "message is missing";
    } else if (raw.createdAt() == null) {
      return "created_at is missing";
    } else if (raw.uuid() != null && !Uuids.isUuid(raw.uuid())) {
      return "message_uuid '" + raw.uuid() + "' is not a uuid";
    }
    return null;
  }

  private static String unknown(String groupUuid) {
    if (groupUuid == null) {
      return "message_group_uuid is missing";
    }
    return Uuids.isUuid(groupUuid)
        ? "conversation " + groupUuid + " is neither in the input nor in the table"
        : "message_group_uuid '" + groupUuid + "' is not a uuid";
  }

  private Draft draft(Place place, ConversationLoad load, RawMessage raw) {
    User sender = sender(load, raw.from());
    String text = MessageText.of(raw.text());
    Instant at =
        Timestamps.parse(raw.createdAt())
            .filter(time -> !time.isBefore(FIRST) && time.isBefore(LAST))
            .orElseThrow(() -> invalid("created_at '" + raw.createdAt() + "' is no time"));
    String createdAt = Timestamps.format(at);
    String uuid =
        Objects.requireNonNullElseGet(
            raw.uuid(), () -> Uuids.derived(load.groupUuid, sender.uuid(), createdAt, text));
    return new Draft(
        place, new Message(load.groupUuid, createdAt, uuid, text, sender), Draft.micros(at));
  }

  private User sender(ConversationLoad load, String from) {
    return load.participant(from)
        .or(() -> users.find(from).flatMap(user -> load.participant(user.uuid())))
        .orElseThrow(
            () ->
                invalid(
                    users.find(from).isPresent()
                        ? "sender '" + from + "' takes no part in the conversation"
                        : "sender '" + from + "' is unknown"));
  }

  private static InvalidInputException invalid(String message) {
    return new InvalidInputException(message, "Mend the record.");
  }

  @Override
  public void end(ConversationLoad load) {
    if (load.counted) {
      // Another record may mend it.
      loads.remove(load.groupUuid, load);
    } else if (!load.ended) {
      load.ended = true;
      ended.add(load);
      if (rounds.end(load)) {
        sent();
      }
    }
  }

  /**
   * A round went off. Until then a conversation that had ended was kept, so that another record of
   * it in the same round goes on with it instead of meeting it.
   */
  private void sent() {
    ended.forEach(load -> loads.remove(load.groupUuid, load));
    ended.clear();
    listener.progress().accept(tally.progress(file));
  }

  /** All that was read so far is written, so that the table tells of it. */
  void catchUp() {
    rounds.finish();
    sent();
    unknown.clear();
  }

  /** Ends what is open, waits for everything, and gives the account. */
  SeedAccount finish() {
    List.copyOf(loads.values()).stream()
        .filter(load -> !load.counted && !load.ended)
        .forEach(rounds::end);
    rounds.finish();
    listener.progress().accept(tally.progress(file));
    return tally.account(EnumSet.of(Kind.USER, Kind.CONVERSATION, Kind.MESSAGE));
  }
}

package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A fresh table and the users, moments, messages and rows that tests put there. */
final class Conversations {
  static final User A = user("a");
  static final User B = user("b");
  static final User C = user("c");
  static final User OUTSIDER = user("outsider");

  /** No test waits. */
  static final Backoff NO_PAUSE = attempt -> {};

  private static final Instant START = Instant.parse("2026-01-01T12:00:00.999990Z");

  final MessageTable table = MessageTable.withoutStream();
  final ConversationStore store = table.store();
  final Reconciler reconciler = new Reconciler(store, NO_PAUSE);

  static User user(String name) {
    return new User(Uuids.derived(name), "User " + name, "user-" + name);
  }

  static String newGroup() {
    return UUID.randomUUID().toString();
  }

  /** The n-th of a row of moments, a microsecond apart. */
  static Instant at(int n) {
    return START.plus(n, ChronoUnit.MICROS);
  }

  static Message message(String group, int n, User sender) {
    String key = Timestamps.format(at(n));
    return new Message(group, key, Uuids.derived(group, key), "message " + n, sender);
  }

  /** Puts the n-th message. */
  Message say(String group, int n, User sender) {
    Message message = message(group, n, sender);
    table.put(message);
    return message;
  }

  /** Puts a row of the owner's at the n-th moment. */
  ConversationRow row(User owner, User other, String group, int n) {
    ConversationRow row = ConversationRow.of(owner.uuid(), other, message(group, n, owner));
    table.put(row);
    return row;
  }

  /** Puts a row under a key that is no canonical time. */
  ConversationRow rowAt(User owner, User other, String group, String key) {
    ConversationRow row = new ConversationRow(owner.uuid(), group, key, "odd", other, Map.of());
    table.put(row);
    return row;
  }

  /** Two participants at the n-th message. */
  String conversation(User one, User two, int n) {
    String group = newGroup();
    say(group, n, one);
    row(one, two, group, n);
    row(two, one, group, n);
    return group;
  }

  Reconciliation reconcile(String group) {
    return reconciler.reconcile(group);
  }

  List<ConversationRow> rows(User owner, String group) {
    return store.rows(owner.uuid(), group);
  }

  /** The owner has one row of the conversation: at the message, naming the other. */
  void assertRow(User owner, User other, Message newest) {
    assertThat(rows(owner, newest.groupUuid()))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.instant()).isEqualTo(newest.instant());
              assertThat(row.message()).isEqualTo(newest.text());
              assertThat(row.other()).isEqualTo(other);
              assertThat(Timestamps.isCanonical(row.lastMessageAt())).isTrue();
            });
  }

  /** Both have one row, at the message. */
  void assertTrue(Message newest, User one, User two) {
    assertRow(one, two, newest);
    assertRow(two, one, newest);
  }
}

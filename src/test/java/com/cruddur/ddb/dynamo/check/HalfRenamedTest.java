package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.CrashingStore;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.UserConversations;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.UserRename;
import com.cruddur.ddb.chat.UserRename.Names;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A check with repair between a rename that died and the same one again. */
class HalfRenamedTest {
  private static final Names NEW = new Names("A. Brown", "brown");
  private static final User RENAMED = NEW.of(ANDREW);

  /** Whatever the users file says, nothing that the rename had done is undone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRepairGoesNoStepBack(boolean fileIsChanged) {
    UserDirectory users =
        reference ->
            Optional.of(fileIsChanged ? RENAMED : ANDREW)
                .filter(user -> user.uuid().equals(reference));
    boolean died = true;
    for (int fatal = 1; died; fatal++) {
      try (MessageTable table = MessageTable.withoutStream()) {
        table.start(GROUP, ANDREW, BAYKO, "2026-03-19T10:00:00.000000+00:00", "hello");
        table.put(GROUP, ANDREW, "2026-03-19T10:00:01.000000+00:00", "anybody?");
        table.put(GROUP, BAYKO, "2026-03-19T10:00:02.000000+00:00", "yes");
        table.reconciler().reconcile(GROUP);
        table.start(OTHER_GROUP, ANDREW, LONDO, "2026-03-19T11:00:00.000000+00:00", "other");
        died = dies(new CrashingStore(table.store(), fatal, true));
        List<User> before = names(table);

        List<Checked> found = new ArrayList<>();
        new Check(
                new DynamoDbItemTable(MessageTable.ownClient(), table.name()), table.store(), users)
            .table(
                1,
                new CheckRepair(table.store(), table.reconciler(), users),
                read -> {},
                found::add);

        List<User> after = names(table);
        for (int i = 0; i < before.size(); i++) {
          assertThat(after.get(i)).isIn(before.get(i), RENAMED);
        }
        assertThat(found).as("after write " + fatal).noneMatch(Checked::open);
        rename(table.store());
        assertThat(names(table)).containsOnly(RENAMED);
      }
    }
  }

  private static boolean dies(ConversationStore store) {
    try {
      rename(store);
      return false;
    } catch (CrashingStore.Crash e) {
      return true;
    }
  }

  private static void rename(ConversationStore store) {
    new UserRename(new UserConversations(store, attempt -> {}), reference -> Optional.empty())
        .rename(ANDREW.uuid(), NEW, true);
  }

  /** As the rows of the others call the user, then as the messages do. */
  private static List<User> names(MessageTable table) {
    UserConversations all = new UserConversations(table.store(), attempt -> {});
    Stream<User> rows =
        Stream.of(BAYKO, LONDO).flatMap(o -> table.list(o).stream()).map(ConversationRow::other);
    Stream<User> senders =
        Stream.of(GROUP, OTHER_GROUP)
            .flatMap(
                group -> {
                  List<User> of = new ArrayList<>();
                  all.messages(group).forEach(message -> of.add(message.sender()));
                  return of.stream();
                });
    return Stream.concat(rows, senders).filter(user -> user.uuid().equals(ANDREW.uuid())).toList();
  }
}

package com.cruddur.ddb.dynamo.check;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

class CheckTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  private static final String T2 = "2026-03-19T10:00:02.000000+00:00";
  private static final String OTHER_AT = "2026-03-19T11:00:00.000000+00:00";
  private static final User STRANGER =
      new User("0e8a4c43-7a5c-4f0e-8f3d-999999999999", "Nobody", "nobody");

  private final MessageTable table = MessageTable.withoutStream();
  private final Check check =
      new Check(new DynamoDbItemTable(MessageTable.ownClient(), table.name()), table.store());
  private final CheckRepair repair =
      new CheckRepair(table.store(), table.reconciler(), user -> Optional.empty());

  @BeforeEach
  void twoSoundConversations() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "hi");
    table.reconciler().reconcile(GROUP);
    table.start(OTHER_GROUP, ANDREW, LONDO, OTHER_AT, "other");
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aSoundTableHasNoFindings() {
    List<Checked> found = new ArrayList<>();

    Summary summary = check.table(4, null, read -> {}, found::add);

    assertThat(found).isEmpty();
    assertThat(summary).isEqualTo(new Summary(3, 4, 2, 0));
    assertThat(check.conversation(GROUP, null, found::add)).isEqualTo(new Summary(2, 2, 1, 0));
  }

  @Test
  void aMissingRowIsNamedAndMadeAgain() {
    delete(BAYKO, T1);

    assertFound(Kind.MISSING, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO))
        .containsExactly(new ConversationRow(BAYKO.uuid(), GROUP, T1, "hi", ANDREW, Map.of()));
  }

  @Test
  void bothRowsMissingAreMadeAgainFromTheTwoSenders() {
    delete(BAYKO, T1);
    delete(ANDREW, T1);

    assertThat(kinds(null)).containsExactly(Kind.MISSING, Kind.MISSING);
    assertMended();
    assertThat(table.list(ANDREW)).hasSize(2);
  }

  @Test
  void rowsOfAConversationInWhichOnlyOneHasWrittenCannotBeMadeFromNothing() {
    delete(ANDREW, OTHER_AT);
    delete(LONDO, OTHER_AT);

    List<Checked> found = run(repair);

    assertThat(found).singleElement().matches(Checked::open);
    assertThat(found.get(0).finding().repairable()).isFalse();
    assertThat(found.get(0).outcome()).startsWith("not repaired");
  }

  @Test
  void aStaleRowIsNamedAndMoved() {
    table.put(GROUP, ANDREW, T2, "news");

    assertThat(kinds(null)).containsExactly(Kind.STALE, Kind.STALE);
    assertMended();
    assertThat(table.list(BAYKO)).extracting(ConversationRow::message).containsExactly("news");
  }

  @Test
  void aDuplicateIsNamedAndDeletedAtItsOldPlace() {
    table.put(row(BAYKO, ANDREW, T0, "hello"));

    assertFound(Kind.DUPLICATE, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO)).extracting(ConversationRow::lastMessageAt).containsExactly(T1);
  }

  @Test
  void aRowWithAnotherTextIsNamedAndRewritten() {
    table.put(row(BAYKO, ANDREW, T1, "something else"));

    assertFound(Kind.WRONG_TEXT, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO)).extracting(ConversationRow::message).containsExactly("hi");
  }

  @Test
  void aRowThatNamesItsOwnerIsNamedAndRenamedWhereItStands() {
    table.put(row(BAYKO, BAYKO, T1, "hi"));

    assertFound(Kind.WRONG_PARTICIPANT, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO))
        .containsExactly(new ConversationRow(BAYKO.uuid(), GROUP, T1, "hi", ANDREW, Map.of()));
  }

  @Test
  void aRowThatNamesAStrangerIsRenamedAndNoRowIsMadeForTheStranger() {
    table.put(row(BAYKO, STRANGER, T1, "hi"));

    assertFound(Kind.WRONG_PARTICIPANT, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO).get(0).other()).isEqualTo(ANDREW);
    assertThat(table.list(STRANGER)).isEmpty();
  }

  @Test
  void aWrongNameBesideAMissingRowIsMendedToo() {
    table.put(row(ANDREW, STRANGER, T1, "hi"));
    delete(BAYKO, T1);

    assertThat(kinds(null)).containsExactlyInAnyOrder(Kind.WRONG_PARTICIPANT, Kind.MISSING);
    assertMended();
    assertThat(table.list(BAYKO).get(0).other()).isEqualTo(ANDREW);
    assertThat(table.list(STRANGER)).isEmpty();
  }

  @Test
  void anOrphanedRowIsNamedAndDeleted() {
    table
        .client()
        .deleteItem(r -> r.tableName(table.name()).key(Keys.key("MSG#" + OTHER_GROUP, OTHER_AT)));

    assertThat(kinds(null)).containsExactly(Kind.ORPHANED, Kind.ORPHANED);
    assertMended();
    assertThat(table.list(LONDO)).isEmpty();
    assertThat(table.list(ANDREW)).hasSize(1);
  }

  @Test
  void aMessageUnderAKeyThatDoesNotSortIsStoredUnderOneThatDoes() {
    table.putItem(
        "MSG#" + GROUP,
        "2026-03-19T10:00:00.5Z",
        Map.of("message", "zulu", "user_uuid", BAYKO.uuid(), "mood", "grim"));
    table.putItem(
        "MSG#" + GROUP,
        "2026-03-19T11:00:00.600000+01:00",
        Map.of("message", "elsewhere", "user_uuid", BAYKO.uuid()));

    assertThat(kinds(null)).containsExactly(Kind.TIMESTAMP, Kind.TIMESTAMP);
    assertMended();
    Map<String, AttributeValue> moved =
        table
            .client()
            .getItem(
                r ->
                    r.tableName(table.name())
                        .key(Keys.key("MSG#" + GROUP, "2026-03-19T10:00:00.500000+00:00")))
            .item();
    assertThat(moved).containsEntry("mood", AttributeValue.fromS("grim"));
  }

  @Test
  void aRowUnderAKeyThatDoesNotSortIsMovedToOneThatDoes() {
    delete(BAYKO, T1);
    table.put(row(BAYKO, ANDREW, "2026-03-19T10:00:01Z", "hi"));

    assertFound(Kind.TIMESTAMP, BAYKO);
    assertMended();
    assertThat(table.list(BAYKO)).extracting(ConversationRow::lastMessageAt).containsExactly(T1);
  }

  @Test
  void keysThatSortThoughWrittenInAnotherFormAreRight() {
    delete(BAYKO, T1);
    table.put(row(BAYKO, ANDREW, "2026-03-19T10:00:01", "hi"));
    table.putItem(
        "MSG#" + GROUP,
        "2026-03-19T10:00:00.123456",
        Map.of("message", "old form", "user_uuid", BAYKO.uuid()));

    assertThat(run(null)).extracting(c -> c.finding().kind()).containsExactly(Kind.NO_OFFSET);
  }

  @Test
  void aMessageWhoseKeyIsNoTimeIsNamedAndCannotBeMended() {
    table.putItem("MSG#" + GROUP, "yesterday", Map.of("message", "x", "user_uuid", BAYKO.uuid()));

    List<Checked> found = run(repair);

    assertThat(found).singleElement().matches(c -> c.finding().kind() == Kind.TIMESTAMP);
    assertThat(found.get(0).outcome()).startsWith("not repaired");
  }

  @Test
  void unknownItemsAreNamedAndLeftAlone() {
    table.putItem("USER#1", "profile", Map.of());
    table.putItem("GRP#" + BAYKO.uuid(), T2, Map.of("message", "no conversation"));
    table.putItem("MSG#", T2, Map.of());

    assertThat(run(repair))
        .hasSize(3)
        .allMatch(c -> c.finding().kind() == Kind.UNKNOWN_ITEM && !c.finding().repairable());
  }

  @Test
  void aRowAheadOfItsNewestMessageIsANoteAndNeverMovedBack() {
    delete(BAYKO, T1);
    table.put(row(BAYKO, ANDREW, T2, "ahead"));

    List<Checked> found = run(repair);

    assertThat(found).singleElement().matches(c -> c.finding().note() && !c.open());
    assertThat(table.list(BAYKO)).extracting(ConversationRow::lastMessageAt).containsExactly(T2);
  }

  @Test
  void twoConversationsOfOneUserAtOneMicrosecondAreANote() {
    table.put(OTHER_GROUP, LONDO, "2026-03-19T12:00:00.000000+00:00", "x");
    table.put(GROUP, BAYKO, "2026-03-19T12:00:00.000000+00:00", "y");
    table.reconciler().reconcile(GROUP);
    table.reconciler().reconcile(OTHER_GROUP);

    assertThat(run(null))
        .singleElement()
        .matches(c -> c.finding().kind() == Kind.SAME_MICROSECOND && !c.open());
    List<Checked> found = new ArrayList<>();
    check.conversation(GROUP, null, found::add);
    assertThat(found).extracting(c -> c.finding().kind()).containsExactly(Kind.SAME_MICROSECOND);
  }

  @Test
  void aStrayMessageOfAThirdUserIsNoFault() {
    table.put(GROUP, STRANGER, "2026-03-19T10:00:00.700000+00:00", "stray");

    assertThat(run(null))
        .singleElement()
        .matches(c -> c.finding().kind() == Kind.STRANGER && !c.open());
  }

  @Test
  void oneConversationIsCheckedAloneAndOneThatDoesNotExistIsNotFound() {
    delete(BAYKO, T1);
    delete(LONDO, OTHER_AT);
    List<Checked> found = new ArrayList<>();

    check.conversation(GROUP, repair, found::add);

    assertThat(found).extracting(c -> c.finding().userUuid()).containsExactly(BAYKO.uuid());
    assertThat(found).extracting(Checked::outcome).containsExactly(Checked.REPAIRED);
    assertThat(table.list(LONDO)).isEmpty();
    assertThatThrownBy(() -> check.conversation(STRANGER.uuid(), null, found::add))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void everyFaultAtOnceIsMendedInOneRepair() {
    table.put(row(BAYKO, STRANGER, "2026-03-19T10:00:00Z", "old and wrong"));
    delete(ANDREW, T1);
    table.put(GROUP, ANDREW, T2, "news");
    delete(LONDO, OTHER_AT);
    table.put(new ConversationRow(LONDO.uuid(), STRANGER.uuid(), T0, "orphan", ANDREW, Map.of()));

    run(repair);

    assertThat(run(null)).isEmpty();
  }

  @Test
  void aUsersListIsReadOnceForAHundredSuspectedConversations() {
    for (int i = 0; i < 120; i++) {
      String group = GROUP.substring(0, 33) + (500 + i);
      table.start(group, ANDREW, BAYKO, Timestamps.format(Instant.EPOCH.plusSeconds(i)), "hello");
      table.put(group, ANDREW, T2, "news");
    }
    List<String> read = Collections.synchronizedList(new ArrayList<>());
    ExecutionInterceptor noting =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes a) {
            if (context.request() instanceof QueryRequest query) {
              read.add(String.valueOf(query.expressionAttributeValues().get(":pk")));
            }
          }
        };
    List<Checked> found = new ArrayList<>();
    try (DynamoDbClient client = TestStack.clients(TestStack.endpoint(), noting).dynamoDb()) {
      new Check(new DynamoDbItemTable(client, table.name()), table.store())
          .table(2, null, items -> {}, found::add);
    }

    assertThat(found).hasSize(240).allMatch(c -> c.finding().kind() == Kind.STALE);
    assertThat(read).filteredOn(pk -> pk.contains("GRP#" + ANDREW.uuid())).hasSize(2);
    assertThat(read).filteredOn(pk -> pk.contains("GRP#" + BAYKO.uuid())).hasSize(2);
    assertThat(read).filteredOn(pk -> pk.contains("MSG#")).hasSize(120);
  }

  /** Nothing can stand under it, and DynamoDB refuses to look. */
  @Test
  void aNameTooLongForAKeyIsAFindingAndNoFailure() {
    User endless = new User("x".repeat(2_100), "Endless", "endless");
    table.put(row(BAYKO, endless, T1, "hi"));
    table.put(OTHER_GROUP, endless, T2, "from nowhere");

    assertThat(kinds(null)).contains(Kind.WRONG_PARTICIPANT);
    assertThat(run(repair))
        .filteredOn(c -> c.finding().kind() == Kind.WRONG_PARTICIPANT)
        .allMatch(c -> Checked.REPAIRED.equals(c.outcome()));
  }

  private void assertFound(Kind kind, User owner) {
    List<Checked> found = run(null);
    assertThat(found).singleElement().matches(c -> c.finding().kind() == kind);
    assertThat(found.get(0).finding().userUuid()).isEqualTo(owner.uuid());
    assertThat(found.get(0).outcome()).isNull();
  }

  /** The repair settles all, and the next check finds nothing. */
  private void assertMended() {
    assertThat(run(repair)).isNotEmpty().allMatch(c -> Checked.REPAIRED.equals(c.outcome()));
    assertThat(run(null)).isEmpty();
  }

  private List<Kind> kinds(CheckRepair repairs) {
    return run(repairs).stream().map(c -> c.finding().kind()).toList();
  }

  private List<Checked> run(CheckRepair repairs) {
    List<Checked> found = new ArrayList<>();
    check.table(2, repairs, read -> {}, found::add);
    return found;
  }

  private void delete(User owner, String key) {
    table
        .client()
        .deleteItem(r -> r.tableName(table.name()).key(Keys.key("GRP#" + owner.uuid(), key)));
  }

  private static ConversationRow row(User owner, User other, String key, String text) {
    Message message = new Message(GROUP, T0, "m", text, other);
    return new ConversationRow(
        owner.uuid(), message.groupUuid(), key, message.text(), other, Map.of());
  }
}

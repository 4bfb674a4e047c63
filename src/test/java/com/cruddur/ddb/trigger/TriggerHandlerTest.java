package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ForwardingStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.trigger.TriggerHandler.Batch;
import com.cruddur.ddb.trigger.TriggerHandler.GroupFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.Record;

class TriggerHandlerTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T0B = "2026-03-19T10:00:00.000001+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";
  private static final String T2 = "2026-03-19T10:00:02.000000+00:00";

  private final MessageTable table = MessageTable.withStream();
  private final List<String> stale = new ArrayList<>();
  private final TriggerHandler handler = new TriggerHandler(table.reconciler(), stale::add);

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void aBatchMovesTheRowsOfEachConversationOnce() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.start(OTHER_GROUP, ANDREW, LONDO, T0B, "other");
    table.put(GROUP, BAYKO, T1, "one");
    table.put(GROUP, BAYKO, T2, "two");
    table.put(OTHER_GROUP, LONDO, T1, "three");

    Batch batch =
        handler.handle(
            List.of(
                change("INSERT", "MSG#" + GROUP, T1, "1"),
                change("INSERT", "MSG#" + OTHER_GROUP, T1, "2"),
                change("MODIFY", "MSG#" + GROUP, T2, "3")));

    assertThat(batch.failed()).isEmpty();
    assertThat(batch.settled()).hasSize(2);
    assertThat(batch.rowsWritten()).isEqualTo(4);
    assertThat(stale).containsExactly(GROUP, OTHER_GROUP);
    assertThat(table.list(ANDREW))
        .extracting(ConversationRow::message)
        .containsExactly("two", "three");
    assertThat(table.list(BAYKO)).extracting(ConversationRow::lastMessageAt).containsExactly(T2);
  }

  @Test
  void everythingButNewAndChangedMessagesIsPassedBy() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "unseen");

    Batch batch =
        handler.handle(
            List.of(
                change("REMOVE", "GRP#" + ANDREW.uuid(), T0, "1"),
                change("INSERT", "GRP#" + ANDREW.uuid(), T0, "2"),
                change("MODIFY", "GRP#" + ANDREW.uuid(), T0, "3"),
                change("TTL_EXPIRED", "MSG#" + GROUP, T0, "4"),
                change(null, "MSG#" + GROUP, T0, "5"),
                change("INSERT", "USER#1", "x", "6"),
                change("INSERT", null, null, "7")));

    assertThat(batch.changes()).isEqualTo(7);
    assertThat(batch.messages()).isZero();
    assertThat(batch.settled()).isEmpty();
    assertThat(batch.failed()).isEmpty();
    assertThat(table.list(ANDREW)).extracting(ConversationRow::message).containsExactly("hello");
  }

  @Test
  void aDeletedMessagesRowsGoBackToTheNewestLeft() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");

    Batch batch =
        handler.handle(
            List.of(
                change("INSERT", "MSG#" + GROUP, T1, "1"),
                change("REMOVE", "MSG#" + GROUP, T1, "2")));

    assertThat(batch.rowsWritten()).isZero();
    table.put(new ConversationRow(LONDO.uuid(), GROUP, T1, "deleted", ANDREW, Map.of()));
    assertThat(handler.handle(List.of(change("REMOVE", "MSG#" + GROUP, T1, "3"))).rowsWritten())
        .isEqualTo(1);
    assertThat(table.list(LONDO)).extracting(ConversationRow::message).containsExactly("hello");
    assertThat(stale).containsExactly(GROUP, GROUP);
  }

  @Test
  void aKeyWithAnotherOffsetMovesTheRowsByItsRecord() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    String west = "2026-03-19T05:00:02.000000-05:00";
    table.put(GROUP, BAYKO, west, "from the west");

    handler.handle(List.of(change("INSERT", "MSG#" + GROUP, west, "1")));

    assertThat(table.list(ANDREW)).extracting(ConversationRow::lastMessageAt).containsExactly(T2);
  }

  @Test
  void aRecordOfAnUnknownEventNameIsReadSafely() {
    Record record =
        Record.builder()
            .eventName(OperationType.UNKNOWN_TO_SDK_VERSION)
            .dynamodb(d -> d.sequenceNumber("1"))
            .build();

    assertThat(handler.handle(List.of(StreamChange.of(record))).messages()).isZero();
  }

  @Test
  void aKeyThatNamesNoConversationIsPassedByWhateverBecameOfItsItem() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "one");

    Batch batch =
        handler.handle(
            List.of(
                change("INSERT", "MSG#", T1, "1"),
                change("MODIFY", "MSG#", T1, "2"),
                change("REMOVE", "MSG#", T1, "3"),
                change("INSERT", "GRP#", T1, "4"),
                change("REMOVE", "GRP#", T1, "5"),
                change("INSERT", "MSG#" + GROUP, T1, "6")));

    assertThat(batch.failed()).isEmpty();
    assertThat(batch.unworkable()).isEmpty();
    assertThat(batch.messages()).isEqualTo(1);
    assertThat(batch.rowsWritten()).isEqualTo(2);
    assertThat(stale).containsExactly(GROUP);
  }

  @Test
  void aConversationThatNobodyHasARowOfIsLeftAlone() {
    table.put(GROUP, BAYKO, T1, "stray");

    Batch batch = handler.handle(List.of(change("INSERT", "MSG#" + GROUP, T1, "1")));

    assertThat(batch.failed()).isEmpty();
    assertThat(batch.rowsWritten()).isZero();
  }

  @Test
  void aFailedConversationIsReportedByItsFirstRecordAndTheOthersSucceed() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.start(OTHER_GROUP, ANDREW, LONDO, T0B, "other");
    table.put(GROUP, BAYKO, T1, "one");
    table.put(OTHER_GROUP, LONDO, T1, "three");
    FaultyStore faulty = new FaultyStore(table.store());
    faulty.failAlways(OTHER_GROUP);
    TriggerHandler failing = new TriggerHandler(new Reconciler(faulty, attempt -> {}), stale::add);
    List<StreamChange> changes =
        List.of(
            change("INSERT", "MSG#" + GROUP, T1, "1"),
            change("INSERT", "MSG#" + OTHER_GROUP, T1, "2"),
            change("INSERT", "MSG#" + GROUP, T1, "3"),
            change("INSERT", "MSG#" + OTHER_GROUP, T1, "4"));

    Batch batch = failing.handle(changes);

    assertThat(batch.failed()).extracting(GroupFailure::sequenceNumber).containsExactly("2");
    assertThat(batch.settled()).hasSize(1);
    assertThat(table.list(BAYKO)).extracting(ConversationRow::message).containsExactly("one");
    assertThat(table.list(LONDO)).extracting(ConversationRow::message).containsExactly("other");
    assertThat(handler.handle(changes).failed()).isEmpty();
    assertThat(table.list(LONDO)).extracting(ConversationRow::message).containsExactly("three");
  }

  @Test
  void withoutTimeForAnotherConversationTheRestComesAgain() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.start(OTHER_GROUP, ANDREW, LONDO, T0B, "other");
    table.put(GROUP, BAYKO, T1, "one");
    int[] asked = {0};

    Batch batch =
        handler.handle(
            List.of(
                change("INSERT", "MSG#" + GROUP, T1, "1"),
                change("INSERT", "MSG#" + OTHER_GROUP, T0B, "2"),
                change("INSERT", "MSG#" + GROUP, T1, "3"),
                change("INSERT", "MSG#" + OTHER_GROUP, T0B, "4")),
            () -> ++asked[0] < 2);

    assertThat(batch.unfinished()).containsExactly("2");
    assertThat(batch.failed()).isEmpty();
    assertThat(batch.settled()).hasSize(1);
  }

  @Test
  void aThrottledTableEndsTheBatchAtOnce() {
    ForwardingStore throttled =
        new ForwardingStore(table.store()) {
          @Override
          public Optional<Message> newestMessage(String groupUuid) {
            throw ProvisionedThroughputExceededException.builder()
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build();
          }
        };

    Batch batch =
        new TriggerHandler(new Reconciler(throttled, attempt -> {}), stale::add)
            .handle(
                List.of(
                    change("INSERT", "MSG#" + GROUP, T1, "1"),
                    change("INSERT", "MSG#" + OTHER_GROUP, T1, "2")));

    assertThat(batch.failed()).extracting(GroupFailure::sequenceNumber).containsExactly("1");
    assertThat(batch.unfinished()).containsExactly("2");
  }

  @Test
  void aRowThatWouldBeLargerThanAnItemMayBeIsToldAndNotDeliveredAgain() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    String key = "MSG#" + GROUP;
    table.putItem(
        key,
        T1,
        Map.of("message", "x".repeat(409_440), "user_uuid", BAYKO.uuid(), "user_handle", "b"));

    Batch batch = handler.handle(List.of(change("INSERT", key, T1, "1")));

    assertThat(batch.failed()).isEmpty();
    assertThat(batch.unworkable()).extracting(GroupFailure::groupUuid).containsExactly(GROUP);
  }

  @Test
  void aCacheThatFailsFailsNoRecord() {
    table.start(GROUP, ANDREW, BAYKO, T0, "hello");
    table.put(GROUP, BAYKO, T1, "one");
    TriggerHandler uncached =
        new TriggerHandler(
            table.reconciler(),
            group -> {
              throw new IllegalStateException("no cache");
            });

    Batch batch = uncached.handle(List.of(change("INSERT", "MSG#" + GROUP, T1, "1")));

    assertThat(batch.failed()).isEmpty();
    assertThat(batch.cacheFailures()).extracting(GroupFailure::reason).hasSize(1);
    assertThat(table.list(BAYKO)).extracting(ConversationRow::message).containsExactly("one");
  }

  private static StreamChange change(String event, String pk, String sk, String sequence) {
    return new StreamChange(event, pk, sk, sequence);
  }
}

package com.cruddur.ddb.cache;

import static com.cruddur.ddb.cache.CachedTable.A;
import static com.cruddur.ddb.cache.CachedTable.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.ForwardingStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.SendBatch;
import com.cruddur.ddb.chat.Sent;
import com.cruddur.ddb.chat.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What readers through the cache see, whatever writers do meanwhile. */
class CachedConversationStoreTest {
  private final CachedTable cached = new CachedTable();

  @AfterEach
  void close() {
    cached.close();
  }

  /** A table whose answers wait until they are let go, once. */
  private static final class SlowTable extends ForwardingStore {
    final CountDownLatch answered = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    final List<MessageQuery> asked = new ArrayList<>();

    SlowTable(CachedTable cached) {
      super(cached.table.store());
    }

    @Override
    public Page<Message> messages(MessageQuery query) {
      asked.add(query);
      Page<Message> page = super.messages(query);
      answered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return page;
    }
  }

  private List<String> readCached() {
    return texts(cached.reader().messages(cached.query()));
  }

  private Message sent(String text) {
    return Sent.send(cached.chat(cached.writer()), cached.group, A.uuid(), text, null).message();
  }

  @Test
  void theSecondReadOfAPageDoesNotAskTheTable() {
    SlowTable table = new SlowTable(cached);
    table.release.countDown();
    Page<Message> first = cached.reader(table).messages(cached.query());
    Page<Message> second = cached.reader(table).messages(cached.query());
    assertThat(second).isEqualTo(first);
    assertThat(table.asked).singleElement().extracting(MessageQuery::consistent).isEqualTo(true);
    assertThat(cached.details)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("cache miss: "),
            line -> assertThat(line).startsWith("cache hit: "));
  }

  @Test
  void aPageOfAnotherShapeIsAnotherPage() {
    readCached();
    List<MessageQuery> others =
        List.of(
            new MessageQuery(cached.group, 6, null, null, false, null),
            new MessageQuery(cached.group, 5, null, null, true, null),
            new MessageQuery(cached.group, 5, Instant.EPOCH, null, false, null),
            new MessageQuery(cached.group, 5, null, Instant.now(), false, null));
    others.forEach(query -> cached.reader().messages(query));
    assertThat(cached.hits()).isEmpty();
    others.forEach(query -> cached.reader().messages(query));
    assertThat(cached.hits()).hasSize(4);
  }

  @Test
  void theReadAfterASendShowsTheMessageInBothPatterns() {
    ConversationQuery list = new ConversationQuery(A.uuid(), 5, null);
    readCached();
    cached.reader().conversations(list);
    sent("second");
    assertThat(readCached()).containsExactly("second", "first");
    assertThat(cached.reader().conversations(list).items())
        .extracting(ConversationRow::message)
        .containsExactly("second");
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void whileAChangeIsUnderWayNoPageIsServedOrStored() {
    readCached();
    ConversationStore.Change change = cached.writer().change(cached.group, List.of(A.uuid()));
    readCached();
    assertThat(readCached()).containsExactly("first");
    assertThat(cached.hits()).isEmpty();
    change.done();
    readCached();
    readCached();
    assertThat(cached.hits()).hasSize(1);
  }

  @Test
  void aChangeThatIsNeverDoneLeavesTheListsClosed() {
    readCached();
    cached.writer().change(cached.group, List.of(A.uuid()));
    readCached();
    readCached();
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void aRowFromTheCacheEqualsTheTablesButForExtraAttributes() {
    ConversationQuery list = new ConversationQuery(A.uuid(), 5, null);
    Page<ConversationRow> fromTable = cached.reader().conversations(list);
    Page<ConversationRow> fromCache = cached.reader().conversations(list);
    assertThat(cached.hits()).hasSize(1);
    assertThat(fromCache).isEqualTo(fromTable);
  }

  @Test
  void aPageThatWasReadBeforeAWriteAndStoredAfterItIsNeverServed() throws Exception {
    SlowTable table = new SlowTable(cached);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Page<Message>> slow =
          thread.submit(() -> cached.reader(table).messages(cached.query()));
      table.answered.await();
      sent("second");
      table.release.countDown();
      assertThat(texts(slow.get())).containsExactly("first");
      assertThat(readCached()).containsExactly("second", "first");
      assertThat(readCached()).containsExactly("second", "first");
      assertThat(cached.hits()).hasSize(1);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void aReaderThatComesBetweenTheWriteAndItsDropStoresNothing() {
    List<String> meanwhile = new ArrayList<>();
    ForwardingStore table =
        new ForwardingStore(cached.table.store()) {
          @Override
          public Optional<Message> putMessage(Message message) {
            meanwhile.addAll(readCached());
            return super.putMessage(message);
          }
        };
    Sent.send(cached.chat(cached.over(table, false)), cached.group, A.uuid(), "second", null);
    assertThat(meanwhile).containsExactly("first");
    assertThat(readCached()).containsExactly("second", "first");
  }

  @Test
  void aWriterThatDiesBeforeItDropsLeavesNoStalePage() {
    readCached();
    ForwardingStore table =
        new ForwardingStore(cached.table.store()) {
          @Override
          public Optional<Message> putMessage(Message message) {
            super.putMessage(message);
            throw new IllegalStateException("killed");
          }
        };
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                Sent.send(
                    cached.chat(cached.over(table, false)),
                    cached.group,
                    A.uuid(),
                    "second",
                    null));
    assertThat(readCached()).containsExactly("second", "first");
    assertThat(readCached()).containsExactly("second", "first");
    assertThat(cached.hits()).as("served while it is not known what came of it").isEmpty();
  }

  @Test
  void aRunOfSendsWithOneThatMayStillComeToPassLeavesTheListsClosed() {
    int[] puts = new int[1];
    ForwardingStore table =
        new ForwardingStore(cached.table.store()) {
          @Override
          public Optional<Message> putMessage(Message message) {
            if (++puts[0] == 2) {
              throw new IllegalStateException("no answer in time");
            }
            return super.putMessage(message);
          }
        };
    SendBatch run = cached.chat(cached.over(table, false)).sends();
    run.send(cached.group, A.uuid(), "second", null);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> run.send(cached.group, A.uuid(), "third", null));
    run.send(cached.group, A.uuid(), "fourth", null);
    run.end();
    assertThat(readCached()).containsExactly("fourth", "second", "first");
    readCached();
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void whoeverWritesToTheTableItselfCanDrop() {
    readCached();
    String at = Timestamps.format(Instant.now());
    cached.table.put(new Message(cached.group, at, CachedTable.uuid(), "bulk", A));
    assertThat(readCached()).containsExactly("first");
    cached.writer().dropConversation(cached.group);
    assertThat(readCached()).containsExactly("bulk", "first");
  }

  @Test
  void aPageThatIsTooLargeForAFieldIsNotCached() {
    for (int i = 0; i < 130; i++) {
      String at = Timestamps.format(Instant.parse("2026-02-01T12:00:00Z").plusSeconds(i));
      cached.table.put(new Message(cached.group, at, CachedTable.uuid(), "x".repeat(1024), A));
    }
    MessageQuery all = new MessageQuery(cached.group, 1000, null, null, false, null);
    assertThat(cached.reader().messages(all).items()).hasSize(131);
    assertThat(cached.reader().messages(all).items()).hasSize(131);
    assertThat(cached.hits()).isEmpty();
    assertThat(cached.details).anyMatch(line -> line.startsWith("not cached, "));
    assertThat(cached.warnings).isEmpty();
  }

  @Test
  void aDamagedPageIsAMiss() {
    readCached();
    PageItems items = cached.cache.pages();
    String list = cached.lists.messages(cached.group);
    String lease = items.currentLease(list).orElseThrow();
    List<String> damaged =
        List.of(
            "",
            "nonsense",
            "{\"v\":2,\"lease\":\"" + lease + "\",\"next\":null,\"items\":[]}",
            "{\"v\":1,\"lease\":\"" + lease + "\",\"next\":null,\"items\":[[\"too\",\"few\"]]}",
            "{\"v\":1,\"lease\":\"" + lease + "\",\"next\":null,\"items\":[[",
            "{\"v\":1,\"lease\":\"another\",\"next\":null,\"items\":[]}");
    for (String page : damaged) {
      items.store(list, PageShape.of(cached.query()), page.getBytes(StandardCharsets.UTF_8));
      assertThat(readCached()).as(page).containsExactly("first");
    }
    assertThat(cached.hits()).isEmpty();
  }

  /** What anybody who may write to the cache can put there. */
  @Test
  void aPageThatSomebodyElseHasWrittenIsAMiss() {
    sent("second");
    MessageQuery query = new MessageQuery(cached.group, 1, null, null, false, null);
    Page<Message> newest = cached.reader().messages(query);
    MessageQuery next = query.from(newest.nextToken());
    Page<Message> oldest = cached.reader().messages(next);
    assertThat(cached.reader().messages(next)).isEqualTo(oldest);
    assertThat(cached.hits()).hasSize(1);
    cached.details.clear();

    PageItems items = cached.cache.pages();
    String list = cached.lists.messages(cached.group);
    String lease = items.currentLease(list).orElseThrow();
    PageCodec<Message> codec = PageCodec.messages(cached.group);
    String ours = new String(codec.encode(lease, oldest), StandardCharsets.UTF_8);
    String token = newest.nextToken();
    Message item = oldest.items().get(0);
    List<String> planted =
        List.of(
            ours.replaceFirst("\"next\":\"[^\"]*\"", "\"next\":\"" + token + "\""),
            ours.replaceFirst("\"next\":\"[^\"]*\"", "\"next\":\"nonsense\""),
            ours.replaceFirst("\"next\":\"[^\"]*\"", "\"next\":\"\""),
            ours.replace(item.createdAt(), newest.items().get(0).createdAt()),
            ours.replace(item.createdAt(), "yesterday"),
            ours.replace(item.uuid(), "no uuid"),
            ours.replace(item.sender().uuid(), "no uuid"),
            ours.replaceFirst("\\[(\\[.*])]", "[$1,$1]"),
            ours.replaceFirst("\\[\\[.*]]", "[]"),
            ours + "{}",
            ours.substring(0, ours.length() - 1));
    for (String page : planted) {
      assertThat(page).isNotEqualTo(ours);
      items.store(list, PageShape.of(next), page.getBytes(StandardCharsets.UTF_8));
      assertThat(cached.reader().messages(next)).as(page).isEqualTo(oldest);
    }
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void aCacheThatDoesNotExistIsAWarningToAReaderAndNothingToAWriter() {
    cached.cache.delete(cached.settings.cacheName());
    try {
      sent("second");
      assertThat(cached.warnings).isEmpty();
      assertThat(readCached()).containsExactly("second", "first");
      assertThat(cached.warnings)
          .singleElement()
          .asString()
          .contains(cached.settings.cacheName() + " does not exist; the table answers instead");
    } finally {
      cached.cache.create(cached.settings.cacheName());
    }
  }

  /** A writer whose cache fails so often, whatever it is asked, and then works. */
  private CachedConversationStore failing(CacheException.Kind kind, int times) {
    int[] left = {times};
    PageCache pages =
        new PageCache(
            () -> {
              if (left[0]-- > 0) {
                throw new CacheException(kind, "Momento: failed", "Wait.");
              }
              return cached.cache;
            },
            cached.log());
    return new CachedConversationStore(cached.table.store(), pages, cached.lists, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = CacheException.Kind.class,
      names = {"LIMIT", "FAILED", "NO_CACHE", "NOT_ALLOWED", "UNREACHABLE"})
  void whenClosingTheListsFailsTheyAreDroppedAllTheSame(CacheException.Kind kind) {
    assertThat(readCached()).containsExactly("first");

    Sent.send(cached.chat(failing(kind, 1)), cached.group, CachedTable.A.uuid(), "second", null);

    assertThat(readCached()).containsExactly("second", "first");
  }

  @Test
  void aWriterThatMetAMissingCacheDropsFromTheOneThatWasMadeSince() {
    CachedConversationStore writer = cached.writer();
    cached.cache.delete(cached.settings.cacheName());
    Sent.send(cached.chat(writer), cached.group, CachedTable.A.uuid(), "second", null);
    cached.cache.create(cached.settings.cacheName());
    assertThat(readCached()).containsExactly("second", "first");

    Sent.send(cached.chat(writer), cached.group, CachedTable.A.uuid(), "third", null);

    assertThat(readCached()).containsExactly("third", "second", "first");
  }

  @Test
  void aBulkJobDropsWhatItMadeStaleOfAllListsByItsEnd() {
    PageCache pages = new PageCache(() -> cached.cache, cached.log());
    PageInvalidation drops =
        new CachedConversationStore(cached.table.store(), pages, cached.lists, false).gathered();
    readCached();
    readCached();
    cached.table.put(
        new Message(
            cached.group, Timestamps.format(Instant.now()), CachedTable.uuid(), "second", A));
    for (int i = 0; i < 5_100; i++) {
      drops.dropConversation(CachedTable.uuid());
      drops.dropUser(CachedTable.uuid());
    }
    drops.dropConversation(cached.group);
    pages.settle();

    assertThat(readCached()).containsExactly("second", "first");
    assertThat(cached.hits()).hasSize(1);
  }

  @Test
  void rowsThatABulkJobMadeAndMovedStandInTheListsByItsEnd() {
    PageCache pages = new PageCache(() -> cached.cache, cached.log());
    ConversationStore writer =
        new CachedConversationStore(cached.table.store(), pages, cached.lists, false);
    ConversationQuery list = new ConversationQuery(A.uuid(), 5, null);
    String group = CachedTable.uuid();
    Message second =
        new Message(group, "2026-01-02T12:00:00.000000+00:00", CachedTable.uuid(), "second", A);
    Message third =
        new Message(group, "2026-01-03T12:00:00.000000+00:00", CachedTable.uuid(), "third", A);
    ConversationRow row = ConversationRow.of(A.uuid(), CachedTable.B, second);
    cached.reader().conversations(list);
    assertThat(writer.startAll(List.of(new ConversationStore.Start(second, List.of(row)))))
        .isEmpty();
    pages.settle();
    assertThat(cached.reader().conversations(list).items())
        .extracting(ConversationRow::message)
        .containsExactly("second", "first");

    assertThat(writer.moveRows(List.of(new ConversationStore.Move(row, row.movedTo(third)))))
        .isEmpty();
    pages.settle();
    assertThat(cached.reader().conversations(list).items())
        .extracting(ConversationRow::message)
        .containsExactly("third", "first");
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void aBulkJobThatGoesOnDropsWhatItMadeStaleWithoutItsEnd() throws InterruptedException {
    PageInvalidation drops = cached.writer().gathered();
    readCached();
    cached.table.put(
        new Message(
            cached.group, Timestamps.format(Instant.now()), CachedTable.uuid(), "second", A));
    drops.dropConversation(cached.group);

    while (readCached().size() < 2) {
      Thread.sleep(20);
    }
  }

  @Test
  void whatCouldNotBeDroppedIsDroppedAtTheEnd() {
    assertThat(readCached()).containsExactly("first");
    int[] calls = {0};
    PageCache pages =
        new PageCache(
            () -> {
              if (calls[0]++ < 2) {
                throw new CacheException(CacheException.Kind.UNREACHABLE, "Momento: away", "Wait.");
              }
              return cached.cache;
            },
            cached.log());
    CachedConversationStore writer =
        new CachedConversationStore(cached.table.store(), pages, cached.lists, false);
    writer.dropConversation(cached.group);
    writer.dropConversation(cached.group);
    pages.settle();
    pages.settle();
    assertThat(cached.details.stream().filter(line -> line.startsWith("cache hit"))).isEmpty();
    assertThat(readCached()).containsExactly("first");
    assertThat(cached.hits()).isEmpty();
  }

  @Test
  void oneTableHasOneSetOfNamesWhetherToldByTheTableOrItsStream() {
    String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/cruddur-messages";

    assertThat(PageKeys.ofArn(arn).place()).isEqualTo("123456789012/eu-west-1/cruddur-messages");
    assertThat(PageKeys.ofArn(arn + "/stream/2026-01-01T00:00:00.000"))
        .isEqualTo(PageKeys.ofArn(arn));
  }
}

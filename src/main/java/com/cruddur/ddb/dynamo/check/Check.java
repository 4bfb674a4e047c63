package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Compares conversation rows with the messages they should stand at.
 *
 * <p>A scan of the whole table, eventually consistent and at no single moment, only raises
 * suspicion: every suspected conversation is read again, strongly consistent, before anything is
 * said about it. So messages that arrive meanwhile raise no false findings. Memory does not grow
 * with the table: a conversation's rows are the most that is held at once.
 */
public final class Check {
  private final ItemTable items;
  private final ConversationStore store;
  private final ConversationReads reads;
  private final UserDirectory users;
  private final long memory;

  /** A check of a table; the store reads the same one. */
  public Check(ItemTable items, ConversationStore store) {
    this(items, store, reference -> Optional.empty());
  }

  /**
   * The same.
   *
   * @param users who is called what
   */
  public Check(ItemTable items, ConversationStore store, UserDirectory users) {
    this(items, store, users, FactsByConversation.MEMORY);
  }

  Check(ItemTable items, ConversationStore store, UserDirectory users, long memory) {
    this.memory = memory;
    this.users = users;
    this.items = items;
    this.store = store;
    this.reads = new ConversationReads(items);
  }

  /**
   * Checks every conversation of the table.
   *
   * @param segments how many parts of the table are scanned at once, 1 or more
   * @param repair repairs what can be repaired as it goes; null to change nothing
   * @param read told how many items were read so far, also before repairs; what it throws ends the
   *     check
   * @param out told each finding; those of a conversation's rows together
   */
  public Summary table(int segments, CheckRepair repair, LongConsumer read, Consumer<Checked> out) {
    long[] counts = new long[3];
    long judged = 0;
    Consumer<Checked> unknown =
        checked ->
            out.accept(new Checked(checked.finding(), refusal(repair, checked.finding(), null)));
    try (FactsByConversation conversations = new FactsByConversation(memory);
        SameMicroseconds rows = new SameMicroseconds(memory)) {
      new ParallelScan(items.pages())
          .forEachPage(
              segments,
              null,
              page -> {
                for (Map<String, AttributeValue> item : page) {
                  counts[collect(item, conversations, unknown)]++;
                }
                read.accept(LongStream.of(counts).sum());
                return true;
              });
      Map<String, Set<String>> suspects = new LinkedHashMap<>();
      for (ConversationFacts seen : conversations) {
        judged++;
        if (isSuspect(seen)) {
          suspects.put(seen.groupUuid(), owners(seen));
        }
        if (suspects.size() == ConversationReads.MOST) {
          read.accept(LongStream.of(counts).sum());
          examine(suspects, repair, out);
          suspects.clear();
        }
        tellItems(seen, repair, out);
        rows.add(seen);
      }
      examine(suspects, repair, out);
      rows.forEach(finding -> out.accept(new Checked(finding, null)));
    }
    return new Summary(counts[0], counts[1], judged, counts[2]);
  }

  private boolean isSuspect(ConversationFacts seen) {
    return seen.hasOddMessage() || seen.items().mayHaveTwins() || !seen.findings(users).isEmpty();
  }

  /** Adds an item to its conversation; returns 0 for a message, 1 for a row, 2 for others. */
  static int collect(
      Map<String, AttributeValue> item, FactsByConversation conversations, Consumer<Checked> out) {
    String pk = Items.text(item, Keys.PK);
    if (Keys.isMessage(pk) && !Keys.uuid(pk).isEmpty()) {
      conversations.add(Items.message(item), item);
      return 0;
    }
    boolean ofSomebody = Keys.isConversationRow(pk) && !Keys.uuid(pk).isEmpty();
    if (ofSomebody && !Items.text(item, Keys.GROUP).isEmpty()) {
      conversations.add(Items.row(item), item);
      return 1;
    }
    String why =
        Keys.isConversationRow(pk)
            ? ofSomebody
                ? "a conversation row without message_group_uuid"
                : "a conversation row of nobody"
            : Keys.isMessage(pk) ? "a message without a conversation" : "neither MSG# nor GRP#";
    String owner = Keys.isConversationRow(pk) ? Keys.uuid(pk) : "";
    String sk = Items.text(item, Keys.SK);
    out.accept(
        new Checked(new Finding(Kind.UNKNOWN_ITEM, "", owner, sk, why + ": " + pk, null), null));
    return 2;
  }

  private static Set<String> owners(ConversationFacts facts) {
    Set<String> owners = new LinkedHashSet<>();
    facts.rows().forEach(row -> owners.add(row.owner()));
    return owners;
  }

  /**
   * Checks one conversation.
   *
   * @param repair as in {@link #table}
   * @throws NotFoundException when it has neither messages nor rows
   */
  public Summary conversation(String groupUuid, CheckRepair repair, Consumer<Checked> out) {
    ConversationFacts facts = examine(Map.of(groupUuid, Set.of()), repair, out).get(groupUuid);
    if (facts.empty()) {
      throw new NotFoundException(
          "conversation " + groupUuid + " does not exist",
          "See 'ddb list-conversations USER' for a user's conversations.");
    }
    tellItems(facts, repair, out);
    owners(facts).forEach(owner -> tellSameMicroseconds(groupUuid, owner, out));
    return new Summary(facts.messages(), facts.rows().size(), 1, 0);
  }

  /**
   * Checks conversations that a check of an export has found fault with; notes about two of them
   * are left out.
   *
   * @param suspects the conversations, each with the users who are known to have rows of it
   * @param repair as in {@link #table}
   * @param read told how many conversations were read so far
   */
  public Summary conversations(
      Iterable<Map.Entry<String, Set<String>>> suspects,
      CheckRepair repair,
      LongConsumer read,
      Consumer<Checked> out) {
    long[] counts = new long[3];
    long done = 0;
    Map<String, Set<String>> batch = new LinkedHashMap<>();
    for (var groups = suspects.iterator(); groups.hasNext(); ) {
      Map.Entry<String, Set<String>> suspect = groups.next();
      batch.put(suspect.getKey(), suspect.getValue());
      if (batch.size() == ConversationReads.MOST || !groups.hasNext()) {
        for (ConversationFacts facts : examine(batch, repair, out).values()) {
          tellItems(facts, repair, out);
          counts[0] += facts.messages();
          counts[1] += facts.rows().size();
          counts[2] += facts.empty() ? 0 : 1;
        }
        read.accept(done += batch.size());
        batch.clear();
      }
    }
    return new Summary(counts[0], counts[1], counts[2], 0);
  }

  private static void tellItems(
      ConversationFacts facts, CheckRepair repair, Consumer<Checked> out) {
    for (Finding finding : facts.ofItems(Instant.now())) {
      out.accept(new Checked(finding, refusal(repair, finding, null)));
    }
  }

  /** Reads conversations for sure, tells what is wrong, and repairs it if that is wished. */
  private Map<String, ConversationFacts> examine(
      Map<String, Set<String>> owners, CheckRepair repair, Consumer<Checked> out) {
    Map<String, ConversationFacts> read;
    try (DoubledUuids uuids = new DoubledUuids(memory)) {
      read =
          reads.read(
              owners,
              message -> {
                judgeKey(message, repair, out);
                uuids.add(message);
              });
      uuids.forEach(twin -> out.accept(new Checked(twin, refusal(repair, twin, null))));
    }
    Map<String, List<Finding>> found = new LinkedHashMap<>();
    read.forEach((group, facts) -> found.put(group, facts.findings(users)));
    Map<String, Set<String>> repaired = new LinkedHashMap<>();
    Map<String, String> troubles = new HashMap<>();
    if (repair != null) {
      found.forEach(
          (group, findings) -> {
            if (findings.stream().anyMatch(Finding::repairable)) {
              troubles.put(group, repair.repair(read.get(group), findings));
              repaired.put(group, owners.get(group));
            }
          });
    }
    Map<String, ConversationFacts> left = reads.read(repaired, m -> {});
    found.forEach(
        (group, findings) -> {
          List<Finding> still =
              left.containsKey(group) ? left.get(group).findings(users) : findings;
          for (Finding finding : findings) {
            boolean gone = !finding.note() && still.stream().noneMatch(finding::isStill);
            String outcome =
                gone ? Checked.REPAIRED : refusal(repair, finding, troubles.get(group));
            out.accept(new Checked(finding, outcome));
          }
        });
    return read;
  }

  /** Why a finding is not repaired; null when nobody tried. */
  private static String refusal(CheckRepair repair, Finding finding, String trouble) {
    if (repair == null || finding.note()) {
      return null;
    } else if (!finding.repairable()) {
      return "not repaired: nothing that is stored says what is right";
    }
    return "not repaired: " + (trouble == null ? "it is still, or again, like this" : trouble);
  }

  static void judgeKey(Message message, CheckRepair repair, Consumer<Checked> out) {
    String key = message.createdAt();
    if (Timestamps.sorts(key)) {
      return;
    }
    boolean readable = !message.instant().equals(Instant.MIN);
    String action =
        readable ? "store the message under " + Timestamps.format(message.instant()) : null;
    Finding finding =
        new Finding(
            Kind.TIMESTAMP,
            message.groupUuid(),
            "",
            key,
            "message: " + RowRules.describe(key),
            action);
    boolean repaired = repair != null && readable && repair.respell(message);
    out.accept(new Checked(finding, repaired ? Checked.REPAIRED : refusal(repair, finding, null)));
  }

  private void tellSameMicroseconds(String groupUuid, String owner, Consumer<Checked> out) {
    List<ConversationRow> own = store.rows(owner, groupUuid);
    ConversationQuery query = new ConversationQuery(owner, 1000, null);
    do {
      Page<ConversationRow> page = store.conversations(query);
      for (ConversationRow row : page.items()) {
        boolean same =
            !row.groupUuid().equals(groupUuid)
                && own.stream().anyMatch(mine -> mine.instant().equals(row.instant()));
        if (same) {
          String key = own.get(0).lastMessageAt();
          Finding finding = SameMicroseconds.finding(groupUuid, owner, key, row.groupUuid());
          out.accept(new Checked(finding, null));
        }
      }
      query = page.nextToken() == null ? null : query.from(page.nextToken());
    } while (query != null);
  }
}

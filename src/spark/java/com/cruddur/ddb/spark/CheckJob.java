package com.cruddur.ddb.spark;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.check.ConversationPart;
import com.cruddur.ddb.dynamo.check.ExportCheck;
import com.cruddur.ddb.dynamo.check.Finding;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.cruddur.ddb.dynamo.check.JoinedConversation;
import com.cruddur.ddb.dynamo.check.JoinedConversation.RowPlace;
import com.cruddur.ddb.dynamo.check.Summary;
import com.cruddur.ddb.spark.ByConversation.Key;
import com.cruddur.ddb.spark.ExportFile.Account;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * Checks an export. A task reads one data file and tells what it holds of each conversation; a
 * shuffle brings together what is of one conversation, which then is judged. Only suspected doubled
 * message uuids are looked for in a second reading.
 */
final class CheckJob {
  /** Findings are fetched from so many partitions, one after the other. */
  private static final int MOST_SORTED = 16;

  private final SparkExport export;
  private final boolean ignoreUnknown;
  private JavaRDD<Finding> findings;
  private long conversations;

  CheckJob(SparkExport export, boolean ignoreUnknown) {
    this.export = export;
    this.ignoreUnknown = ignoreUnknown;
  }

  /** A conversation was judged; whether its message uuids want to be compared. */
  private record Judged(String uuid, boolean suspect) implements Serializable {}

  /** Of a message, what a second reading compares. */
  private record MessageUuid(String createdAt, String uuid) implements Serializable {}

  /** Reads and judges; the findings are fetched by {@link #findings}. */
  void run() {
    ByConversation byConversation = new ByConversation(export.partitions());
    Instant now = Instant.now();
    // What is derived from the shuffle reads the shuffle's files, not the export again.
    JavaRDD<Serializable> told =
        read()
            .repartitionAndSortWithinPartitions(byConversation)
            .mapPartitions(sorted -> new ConversationIterator(sorted, new Judge(now)));
    Set<String> suspects = new HashSet<>();
    for (Serializable one : told.mapPartitions(CheckJob::counted).collect()) {
      if (one instanceof Judged judged) {
        suspects.add(judged.uuid);
      } else {
        conversations += (Long) one;
      }
    }
    findings = onlyFindings(told).union(sameMicrosecond(told));
    if (!suspects.isEmpty()) {
      findings = findings.union(twins(suspects, byConversation));
    }
  }

  /** What was looked at. */
  Summary summary() {
    long messages = 0;
    long rows = 0;
    long others = 0;
    for (Account account : export.accounts()) {
      messages += account.counted().messages();
      rows += account.counted().rows();
      others += account.counted().otherItems();
    }
    return new Summary(messages, rows, conversations, others);
  }

  /** All findings, those of a conversation together; only some of them are in memory at a time. */
  Iterator<Finding> findings() {
    int partitions = Math.min(export.partitions(), MOST_SORTED);
    return findings.sortBy(CheckJob::order, true, partitions).toLocalIterator();
  }

  private static String order(Finding finding) {
    return String.join(
        "\0",
        finding.groupUuid(),
        finding.kind().name(),
        finding.userUuid(),
        finding.key(),
        finding.detail());
  }

  private JavaPairRDD<Key, Serializable> read() {
    Broadcast<SerializableConfiguration> configuration = export.configuration();
    CollectionAccumulator<Account> accounts = export.accumulator();
    boolean ignore = ignoreUnknown;
    return export
        .files()
        .flatMapToPair(
            file -> {
              List<Tuple2<Key, Serializable>> told = new ArrayList<>();
              ExportCheck check =
                  new ExportCheck(
                      checked -> {
                        Finding finding = checked.finding();
                        if (!ignore || finding.kind() != Kind.UNKNOWN_ITEM) {
                          told.add(of(finding.groupUuid(), file, finding));
                        }
                      });
              // Its parts are read after this has returned.
              TaskContext.get()
                  .addTaskCompletionListener((TaskCompletionListener) task -> check.close());
              Account account = file.read(configuration.value().value(), check::add);
              accounts.add(account.counted(check.summary()));
              return Stream.concat(
                      told.stream(), check.parts().map(part -> of(part.groupUuid(), file, part)))
                  .iterator();
            });
  }

  private static Tuple2<Key, Serializable> of(String group, ExportFile file, Serializable told) {
    return new Tuple2<>(new Key(group, file.number(), 0), told);
  }

  /** Joins the parts of a conversation; the findings of items are handed on. */
  private record Judge(Instant now) implements ConversationIterator.Steps {
    @Override
    public void add(
        Key key, Serializable told, JoinedConversation conversation, Queue<Serializable> out) {
      if (told instanceof ConversationPart part) {
        conversation.add(part);
      } else {
        out.add(told);
      }
    }

    @Override
    public void end(String uuid, JoinedConversation conversation, Queue<Serializable> out) {
      // What is of no conversation comes under an empty uuid.
      if (!uuid.isEmpty()) {
        out.addAll(conversation.findings(now));
        out.addAll(conversation.rows());
        out.add(new Judged(uuid, conversation.suspectsTwins()));
      }
    }
  }

  /** The suspects, and how many conversations there are. */
  private static Iterator<Serializable> counted(Iterator<Serializable> told) {
    List<Serializable> counted = new ArrayList<>();
    long conversations = 0;
    while (told.hasNext()) {
      if (told.next() instanceof Judged judged) {
        conversations++;
        if (judged.suspect) {
          counted.add(judged);
        }
      }
    }
    counted.add(conversations);
    return counted.iterator();
  }

  private static JavaRDD<Finding> onlyFindings(JavaRDD<Serializable> told) {
    return told.filter(one -> one instanceof Finding).map(one -> (Finding) one);
  }

  private JavaRDD<Finding> sameMicrosecond(JavaRDD<Serializable> told) {
    return told.filter(one -> one instanceof RowPlace)
        .mapToPair(one -> new Tuple2<>(((RowPlace) one).place(), (RowPlace) one))
        .groupByKey(export.partitions())
        .flatMap(place -> JoinedConversation.sameMicrosecond(place._2()).iterator());
  }

  private JavaRDD<Finding> twins(Set<String> suspects, ByConversation byConversation) {
    Broadcast<SerializableConfiguration> configuration = export.configuration();
    Broadcast<Set<String>> wanted = export.broadcast(suspects);
    JavaPairRDD<Key, Serializable> messages =
        export
            .files()
            .flatMapToPair(
                file -> {
                  List<Tuple2<Key, Serializable>> read = new ArrayList<>();
                  Account again =
                      file.read(
                          configuration.value().value(),
                          item -> {
                            Message message = Items.message(item);
                            if (Keys.isMessage(Items.text(item, Keys.PK))
                                && wanted.value().contains(message.groupUuid())) {
                              read.add(
                                  new Tuple2<>(
                                      new Key(message.groupUuid(), file.number(), read.size()),
                                      new MessageUuid(message.createdAt(), message.uuid())));
                            }
                          });
                  if (again.failure() != null) {
                    throw new IOException("on the second reading " + again.failure());
                  }
                  return read.iterator();
                });
    return onlyFindings(
        messages
            .repartitionAndSortWithinPartitions(byConversation)
            .mapPartitions(sorted -> new ConversationIterator(sorted, new Comparison())));
  }

  /** Compares message uuids. */
  private record Comparison() implements ConversationIterator.Steps {
    private static final User NOBODY = new User("", "", "");

    @Override
    public void add(
        Key key, Serializable told, JoinedConversation conversation, Queue<Serializable> out) {
      MessageUuid message = (MessageUuid) told;
      conversation.compareUuid(
          new Message(key.conversation(), message.createdAt, message.uuid, "", NOBODY));
    }

    @Override
    public void end(String uuid, JoinedConversation conversation, Queue<Serializable> out) {
      out.addAll(conversation.twins());
    }
  }
}

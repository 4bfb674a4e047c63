package com.cruddur.ddb.dynamo.people;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every message of a table, as the pages of a parallel scan come, in constant memory. */
public final class MessageScan {
  private final ParallelScan scan;

  public MessageScan(ItemTable items) {
    this.scan = new ParallelScan(items.pages());
  }

  /**
   * Reads until the table ends or no more are wanted.
   *
   * @param segments how many parts are read at once, 1 or more
   * @param progress is told how many items are read so far
   * @param wantsMore takes the messages of a page; false ends the scan
   */
  public void forEachPage(int segments, LongConsumer progress, Predicate<List<Message>> wantsMore) {
    long[] read = {0};
    scan.forEachPage(
        segments,
        null,
        page -> {
          read[0] += page.size();
          progress.accept(read[0]);
          return wantsMore.test(messages(page));
        });
  }

  private static List<Message> messages(List<Map<String, AttributeValue>> page) {
    return page.stream()
        .filter(item -> Keys.isMessage(Items.text(item, Keys.PK)))
        .map(Items::message)
        .toList();
  }
}

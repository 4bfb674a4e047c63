package com.cruddur.ddb.engine.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemBytes;
import com.cruddur.ddb.engine.stream.StreamRecord.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamRecordTest {
  private static final String KEY = "a partition key of some length";
  private static final Item KEYS = Item.of(Map.of("pk", new AttributeValue.S(KEY)));
  private static final Item OLD = KEYS.with("text", new AttributeValue.S("old"));
  private static final Item NEW = KEYS.with("text", new AttributeValue.S("new"));

  @Test
  void aRecordOfEveryViewComesBackFromBytes() {
    for (StreamRecord record :
        List.of(
            new StreamRecord(Event.INSERT, 7, false, KEYS, null, NEW),
            new StreamRecord(Event.MODIFY, 8, false, KEYS, OLD, NEW),
            new StreamRecord(Event.REMOVE, 9, true, KEYS, OLD, null),
            new StreamRecord(Event.REMOVE, 10, false, KEYS, null, null))) {
      StreamRecord again = StreamRecord.of(record.bytes());
      assertThat(again).isEqualTo(record);
      assertThat(again.size()).isEqualTo(record.size());
      assertThat(StreamRecord.moment(record.bytes())).isEqualTo(record.moment());
    }
  }

  @Test
  void aRecordOfAnOlderJournalHasItsKeysBeside() {
    byte[] keys = ItemBytes.encode(KEYS);
    byte[] image = ItemBytes.encode(NEW);
    ByteBuffer older = ByteBuffer.allocate(100 + keys.length + image.length);
    older.put((byte) Event.INSERT.ordinal()).put((byte) 1).putLong(7);
    older.putInt(keys.length).put(keys).putInt(-1).putInt(image.length).put(image);
    assertThat(StreamRecord.of(older.array()))
        .isEqualTo(new StreamRecord(Event.INSERT, 7, true, KEYS, null, NEW));
  }

  @Test
  void theKeysStandInItOnce() {
    byte[] bytes = new StreamRecord(Event.MODIFY, 7, false, KEYS, null, NEW).bytes();
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1).split(KEY, -1)).hasSize(2);
  }
}

package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.check.Finding.Kind;
import com.cruddur.ddb.file.RunData;
import com.cruddur.ddb.text.Count;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What items of a conversation show by themselves, whatever the others are; a bounded number. */
final class OddItems {
  /** Of one conversation: whoever has more is told of these. */
  private static final int MOST_ODD = 100;

  private static final Pattern OFFSET = Pattern.compile("T.*([zZ]|[+-]\\d\\d(:?\\d\\d)?)$");

  private final String groupUuid;
  private final List<Odd> odd = new ArrayList<>(0);
  private long withoutOffset;
  private boolean mayHaveTwins;
  private long bytes;

  OddItems(String groupUuid) {
    this.groupUuid = groupUuid;
  }

  /** Something about an item. */
  private record Odd(Kind kind, String user, String key, String detail) {}

  /** Takes note of what the item's own attributes show. */
  void judge(Map<String, AttributeValue> item) {
    String pk = Items.text(item, Keys.PK);
    String key = Items.text(item, Keys.SK);
    String user = Keys.isConversationRow(pk) ? Keys.uuid(pk) : "";
    List<String> types = Items.oddTypes(item);
    if (!types.isEmpty()) {
      String where = " should be of type S: " + pk + " " + key;
      note(Kind.WRONG_TYPE, user, key, String.join(", ", types) + where);
    }
    boolean capitals =
        !pk.substring(pk.indexOf('#'))
            .equals(pk.substring(pk.indexOf('#')).toLowerCase(Locale.ROOT));
    if (capitals || (!user.isEmpty() && !groupUuid.equals(groupUuid.toLowerCase(Locale.ROOT)))) {
      note(Kind.CAPITALS, user, key, "ddb looks for this uuid in lower case: " + pk);
    }
    if (Timestamps.parse(key).isPresent() && !OFFSET.matcher(key).find()) {
      withoutOffset++;
    }
  }

  /** Whether a message uuid stands twice, or may. */
  boolean mayHaveTwins() {
    return mayHaveTwins;
  }

  void suspectTwins() {
    mayHaveTwins = true;
  }

  /** What it takes in memory, about. */
  long bytes() {
    return bytes;
  }

  /** Adds what later items of the conversation showed. */
  void add(OddItems later) {
    later.odd.forEach(one -> note(one.kind, one.user, one.key, one.detail));
    withoutOffset += later.withoutOffset;
    mayHaveTwins |= later.mayHaveTwins;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(withoutOffset);
    out.writeBoolean(mayHaveTwins);
    out.writeInt(odd.size());
    for (Odd one : odd) {
      out.writeByte(one.kind.ordinal());
      RunData.write(out, one.user);
      RunData.write(out, one.key);
      RunData.write(out, one.detail);
    }
  }

  void read(DataInput in) throws IOException {
    withoutOffset = in.readLong();
    mayHaveTwins = in.readBoolean();
    for (int left = in.readInt(); left > 0; left--) {
      Kind kind = Kind.values()[in.readByte()];
      odd.add(new Odd(kind, RunData.text(in), RunData.text(in), RunData.text(in)));
    }
  }

  private void note(Kind kind, String user, String key, String detail) {
    if (odd.size() < MOST_ODD) {
      odd.add(new Odd(kind, user, key, detail));
      bytes += 200 + 2L * (user.length() + key.length() + detail.length());
    }
  }

  /** What is wrong with single items; a new list. */
  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    for (Odd one : odd) {
      found.add(new Finding(one.kind, groupUuid, one.user, one.key, one.detail, null));
    }
    if (withoutOffset > 0) {
      String detail =
          "legal; "
              + Count.of(
                  withoutOffset,
                  "key has no offset and is taken as UTC",
                  "keys have no offset and are taken as UTC");
      found.add(new Finding(Kind.NO_OFFSET, groupUuid, "", "", detail, null));
    }
    return found;
  }
}

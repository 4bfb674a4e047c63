package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageQuery;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What stands where some messages of one conversation want to go: texts by uuid, and the
 * microseconds that are taken. Of a long stretch of time only what can matter is kept.
 */
final class ExistingMessages {
  /** How far a message may be moved on to find a free microsecond: 0.1 s. */
  static final long MOST_SHIFT = 100_000;

  private final ItemTable items;
  private final String groupUuid;
  private final Map<String, String> texts = new HashMap<>();
  private final Set<Long> taken = new HashSet<>();

  /** From one that was wanted to here none is free, so that many who want the same find it soon. */
  private long first = Long.MAX_VALUE;

  private long last = Long.MIN_VALUE;

  ExistingMessages(ItemTable items, String groupUuid) {
    this.items = items;
    this.groupUuid = groupUuid;
  }

  /** Reads, strongly consistent, what stands around messages that are in order of time. */
  void read(List<ValidMessage> sorted) {
    Instant from = Instant.EPOCH.plus(sorted.get(0).micros(), ChronoUnit.MICROS);
    Instant to =
        Instant.EPOCH.plus(sorted.get(sorted.size() - 1).micros() + MOST_SHIFT, ChronoUnit.MICROS);
    Set<String> uuids = sorted.stream().map(d -> d.message().uuid()).collect(Collectors.toSet());
    NavigableSet<Long> wanted =
        sorted.stream().map(ValidMessage::micros).collect(Collectors.toCollection(TreeSet::new));
    items
        .messages(
            new MessageQuery(groupUuid, ItemTable.WHOLE_PAGES, from, to, true, null).consistently())
        .forEach(item -> keep(item, uuids, wanted));
  }

  private void keep(
      Map<String, AttributeValue> item, Set<String> uuids, NavigableSet<Long> wanted) {
    String uuid = Uuids.normalized(text(item, "message_uuid"));
    if (uuids.contains(uuid)) {
      texts.putIfAbsent(uuid, text(item, "message"));
    }
    Timestamps.parse(text(item, Keys.SK))
        .map(ValidMessage::micros)
        .ifPresent(
            at -> {
              Long before = wanted.floor(at);
              if (before != null && at - before <= MOST_SHIFT) {
                taken.add(at);
              }
            });
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    return value == null || value.s() == null ? "" : value.s();
  }

  /** The text under which a uuid stands; null when it does not. */
  String textOf(String messageUuid) {
    return texts.get(messageUuid);
  }

  /** The first free microsecond from one on; empty when there is none in reach. */
  OptionalLong firstFree(long wanted) {
    boolean known = wanted >= first && wanted <= last;
    long at = known ? last + 1 : wanted;
    while (taken.contains(at)) {
      at++;
    }
    first = known ? first : wanted;
    last = at - 1;
    return at - wanted <= MOST_SHIFT ? OptionalLong.of(at) : OptionalLong.empty();
  }

  void take(Message placed, long micros) {
    texts.put(placed.uuid(), placed.text());
    taken.add(micros);
    if (micros == last + 1) {
      last = micros;
    }
  }
}

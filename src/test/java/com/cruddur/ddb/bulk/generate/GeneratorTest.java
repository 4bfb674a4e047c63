package com.cruddur.ddb.bulk.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.InvalidInputException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {
  private static final Instant UNTIL = Instant.parse("2026-03-18T20:15:00.123456Z");

  private static InputStream open(int users, int conversations, long messages, long seed) {
    Generator.Options options = new Generator.Options(users, conversations, messages, seed, UNTIL);
    return new Generator(options, Path.of("no-such-folder")).open();
  }

  private static List<JsonNode> records(int users, int conversations, long messages)
      throws IOException {
    List<JsonNode> records = new ArrayList<>();
    try (InputStream in = open(users, conversations, messages, 1)) {
      new ObjectMapper()
          .readerFor(JsonNode.class)
          .<JsonNode>readValues(in)
          .forEachRemaining(records::add);
    }
    return records;
  }

  private static List<JsonNode> ofType(List<JsonNode> records, String type) {
    return records.stream().filter(r -> r.get("type").asText().equals(type)).toList();
  }

  private static String digest(long seed) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    try (InputStream in = new DigestInputStream(open(30, 50, 5000, seed), sha)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
  }

  /** The digest is that of every Java: these tests run on more than one. */
  @Test
  void theSameOptionsMakeTheSameBytesOnEveryJava() throws Exception {
    assertThat(digest(7)).isEqualTo(digest(7)).isEqualTo("d3f775d95244eded");
    assertThat(digest(8)).isNotEqualTo(digest(7));
  }

  @Test
  void everyRecordIsThereAndConversationsAreOfDifferentPairs() throws IOException {
    List<JsonNode> records = records(20, 190, 1000);
    assertThat(ofType(records, "user")).hasSize(20);
    assertThat(ofType(records, "message")).hasSize(1000);
    Set<Set<String>> pairs = new HashSet<>();
    Set<String> groups = new HashSet<>();
    for (JsonNode conversation : ofType(records, "conversation")) {
      groups.add(conversation.get("message_group_uuid").asText());
      JsonNode pair = conversation.get("participants");
      pairs.add(Set.of(pair.get(0).asText(), pair.get(1).asText()));
    }
    assertThat(groups).hasSize(190);
    assertThat(pairs).hasSize(190);
    Set<String> handles = new HashSet<>();
    ofType(records, "user").forEach(u -> handles.add(u.get("handle").asText()));
    assertThat(handles).hasSize(20).allMatch(h -> h.matches("[a-z]+[0-9]*"));
  }

  @Test
  void bothTalkAndAFewConversationsHaveMostOfTheMessages() throws IOException {
    Map<String, Set<String>> senders = new HashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    Set<String> texts = new HashSet<>();
    for (JsonNode message : ofType(records(50, 100, 10_000), "message")) {
      String group = message.get("message_group_uuid").asText();
      senders.computeIfAbsent(group, g -> new HashSet<>()).add(message.get("from").asText());
      sizes.merge(group, 1, Integer::sum);
      texts.add(message.get("message").asText());
    }
    assertThat(senders).hasSize(100).allSatisfy((group, who) -> assertThat(who).hasSize(2));
    List<Integer> sorted = new ArrayList<>(sizes.values());
    sorted.sort(Collections.reverseOrder());
    assertThat(sorted.get(0)).isGreaterThan(1000);
    assertThat(sorted.get(99)).isLessThan(100);
    assertThat(texts).hasSizeGreaterThan(2000);
  }

  @Test
  void timesGoUpToTheEndOverNinetyDays() throws IOException {
    List<Instant> times =
        ofType(records(20, 30, 5000), "message").stream()
            .map(m -> Instant.parse(m.get("created_at").asText()))
            .toList();
    assertThat(times).isSorted().doesNotHaveDuplicates();
    assertThat(times.get(4999)).isEqualTo(UNTIL);
    assertThat(Duration.between(times.get(0), UNTIL).toDays()).isBetween(88L, 91L);
    long night = times.stream().filter(t -> t.toString().matches(".*T0[0-5].*")).count();
    assertThat(night).isBetween(100L, 700L);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 2, 2", "2, 0, 5", "3, 3, 2", "-1, 1, 1", "3, 4, 9", "2000000, 1, 1"})
  void numbersThatCannotBeAreRefused(int users, int conversations, long messages) {
    assertThatThrownBy(() -> open(users, conversations, messages, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be");
  }
}

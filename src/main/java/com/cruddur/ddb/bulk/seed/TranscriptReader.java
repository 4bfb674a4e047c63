package com.cruddur.ddb.bulk.seed;

import com.cruddur.ddb.bulk.BrokenGzipException;
import com.cruddur.ddb.bulk.Lines;
import com.cruddur.ddb.bulk.OpenInput;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RecordCounters.Kind;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.seed.SeedSink.RawMessage;
import com.cruddur.ddb.bulk.seed.Seeder.TranscriptEnd;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.MessageText;
import com.cruddur.ddb.chat.Timestamps;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a conversation written down as {@code handle: text} lines. It carries no times: its
 * messages are one minute apart and end at a given moment. What it is, however, follows from its
 * text alone (the conversation's uuid from all of it, a message's from its place in it), and once
 * it is in the table the time of its first message there says the others', so that loading it
 * again, at another hour, changes nothing.
 *
 * <p>It is read twice, since the number of lines dates the first one.
 */
final class TranscriptReader {
  private static final Pattern LINE = Pattern.compile("\\s*@?([^\\s:@]+)\\s*:\\s?(.*)");
  private static final Duration STEP = Duration.ofMinutes(1);

  private final String file;
  private final SeedSink sink;
  private final SeedUsers users;
  private final ConversationStore store;
  private final TranscriptEnd until;
  private final Consumer<String> notes;

  TranscriptReader(
      String file,
      SeedSink sink,
      SeedUsers users,
      ConversationStore store,
      TranscriptEnd until,
      Consumer<String> notes) {
    this.file = file;
    this.sink = sink;
    this.users = users;
    this.store = store;
    this.until = until;
    this.notes = notes;
  }

  /** What the first pass finds. */
  private static final class Outline {
    final Map<String, User> speakers = new TreeMap<>();
    final MessageDigest content = sha256();
    long messages;
    long firstLine;
    String firstText;
  }

  /** A line of a speaker whom the users know. */
  private record Said(User speaker, String text) {}

  void read(SeedInput input) throws IOException {
    Outline outline = new Outline();
    try (InputStream in = OpenInput.of(input).stream) {
      survey(in, outline);
    }
    ConversationState load = conversation(outline);
    try (InputStream in = OpenInput.of(input).stream) {
      messages(in, outline, load);
    }
    if (load != null) {
      sink.end(load);
    }
  }

  private void survey(InputStream in, Outline outline) throws IOException {
    Lines lines = new Lines(in);
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Said said = said(line, lines);
        if (said == null) {
          continue;
        }
        outline.content.update(said.speaker.uuid().getBytes(StandardCharsets.UTF_8));
        outline.content.update(said.text.getBytes(StandardCharsets.UTF_8));
        outline.content.update((byte) '\n');
        outline.speakers.put(said.speaker.uuid(), said.speaker);
        outline.messages++;
        if (outline.messages == 1) {
          outline.firstLine = lines.number();
          outline.firstText = said.text;
        }
      }
    } catch (BrokenGzipException e) {
      // The second pass meets it too.
    }
  }

  private Said said(byte[] line, Lines lines) {
    Matcher m = LINE.matcher(new String(line, StandardCharsets.UTF_8));
    if (lines.tooLong() || !m.matches() || problem(m.group(2)) != null || !Utf8.isValid(line)) {
      return null;
    }
    return users
        .find(m.group(1))
        .map(speaker -> new Said(speaker, MessageText.of(m.group(2))))
        .orElse(null);
  }

  private static String problem(String text) {
    try {
      MessageText.of(text);
      return null;
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }

  /** Null when nobody says anything in it. */
  private ConversationState conversation(Outline outline) {
    if (outline.messages == 0) {
      return null;
    }
    String hash = HexFormat.of().formatHex(outline.content.digest());
    List<String> uuids = List.copyOf(outline.speakers.keySet());
    String group = Uuids.derived("transcript", String.join(" ", uuids), hash);
    return sink.conversation(new Place(file, outline.firstLine), group, uuids);
  }

  private void messages(InputStream in, Outline outline, ConversationState load)
      throws IOException {
    Instant at = load == null ? until.time() : firstMoment(outline, load);
    long index = 0;
    Lines lines = new Lines(in);
    try {
      for (byte[] next = lines.next(); next != null; next = lines.next()) {
        byte[] line = next;
        Said said = said(line, lines);
        if (said == null) {
          reject(line, lines);
          continue;
        }
        String uuid = uuid(load, index++, said.text);
        String time = Timestamps.format(at);
        sink.message(
            new Place(file, lines.number(), () -> text(line)),
            load,
            new RawMessage(load.groupUuid, said.speaker.uuid(), said.text, time, uuid));
        at = at.plus(STEP);
      }
    } catch (BrokenGzipException e) {
      sink.unreadable(new Place(file, lines.number() + 1), Kind.UNREADABLE, e.getMessage());
    }
  }

  private Instant firstMoment(Outline outline, ConversationState load) {
    Optional<Message> first =
        load.refusal() == null
            ? store.findMessages(load.groupUuid, uuid(load, 0, outline.firstText)).stream()
                .findFirst()
            : Optional.empty();
    Instant wanted =
        until.time().truncatedTo(ChronoUnit.MICROS).minus(STEP.multipliedBy(outline.messages - 1));
    if (until.asked() && first.isPresent() && !first.get().instant().equals(wanted)) {
      notes.accept(
          file
              + " is loaded already and keeps its times: its first message is of "
              + first.get().createdAt()
              + "; --until changes nothing");
    }
    return first.map(Message::instant).orElse(wanted);
  }

  private static String uuid(ConversationState load, long index, String text) {
    return Uuids.derived(load.groupUuid, Long.toString(index), text);
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private void reject(byte[] line, Lines lines) {
    String text = text(line);
    if (text.isBlank()) {
      return;
    }
    sink.unreadable(
        new Place(file, lines.number(), () -> text), Kind.MESSAGE, reason(line, text, lines));
  }

  private String reason(byte[] line, String text, Lines lines) {
    Matcher m = LINE.matcher(text);
    if (lines.tooLong()) {
      return "the line is too long";
    } else if (!Utf8.isValid(line)) {
      return "the line is not UTF-8; " + Utf8.cure(line);
    } else if (!m.matches()) {
      return "the line is not 'handle: text'";
    }
    String problem = problem(m.group(2));
    return problem != null ? problem : "user '" + m.group(1) + "' is unknown";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

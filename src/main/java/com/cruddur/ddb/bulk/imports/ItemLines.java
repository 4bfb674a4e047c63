package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.BrokenGzipException;
import com.cruddur.ddb.bulk.FileKind;
import com.cruddur.ddb.bulk.ItemFile;
import com.cruddur.ddb.bulk.Lines;
import com.cruddur.ddb.bulk.OpenInput;
import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.RejectedLine;
import com.cruddur.ddb.bulk.SeedJson;
import com.cruddur.ddb.bulk.export.ExportFolder;
import com.cruddur.ddb.dynamo.ItemJson.NoItemException;
import com.cruddur.ddb.text.Count;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the {@code {"Item":{…}}} lines of a data file, and holds it against its manifest. */
final class ItemLines {
  private final Sink sink;
  private final Path ionLibrary;

  /** Null while no line of Ion has come. */
  private UnaryOperator<byte[]> ion;

  /**
   * A reader.
   *
   * @param ionLibrary the folder of the Ion library's jars
   */
  ItemLines(Sink sink, Path ionLibrary) {
    this.sink = sink;
    this.ionLibrary = ionLibrary;
  }

  /** What is found; called in order. */
  interface Sink {
    void item(Place at, Map<String, AttributeValue> item);

    /**
     * What has become of an item.
     *
     * @param line of JSON that says so
     */
    void change(Place at, ItemRecord change, byte[] line) throws IOException;

    void unreadable(Place at, String reason);

    /**
     * The line that is handed over next.
     *
     * @param bytes the length of the file, unzipped, to the end of it
     * @param items the items of the file to there
     */
    void at(long line, long bytes, long items);

    /** What is no reject but must be known. */
    void note(String sentence);

    /** The file as a whole is not what its manifest says. */
    void damaged(Place at, String reason);
  }

  /** How far a file was read by an earlier run. */
  record From(long line, long bytes, long items) {
    static final From START = new From(0, 0, 0);
  }

  void read(ImportSource.Part part, From from) throws IOException {
    String name = part.input().name();
    MessageDigest md5 = ExportFolder.md5();
    long read = from.items;
    long line = from.line;
    try (InputStream raw = new DigestInputStream(part.input().opener().open(), md5)) {
      try {
        InputStream plain = OpenInput.plain(raw);
        plain.mark(OpenInput.HEAD);
        byte[] head = OpenInput.head(plain);
        plain.reset();
        Optional<String> foreign = ItemFile.foreign(head);
        if (foreign.isPresent()) {
          sink.unreadable(new Place(name, 1), foreign.get());
          return;
        }
        Lines.pass(plain, name, from.bytes);
        Lines lines = new Lines(plain, from.line, from.bytes);
        for (byte[] bytes = lines.next(); bytes != null; bytes = lines.next()) {
          line = lines.number();
          if (Lines.isBlank(bytes)) {
            continue;
          }
          read++;
          sink.at(line, lines.bytes(), read);
          line(new Place(name, line), bytes, lines.tooLong());
        }
        if (read == 0 && part.items() != 0) {
          sink.note(name + " is empty: nothing was read from it");
        }
      } catch (BrokenGzipException e) {
        sink.unreadable(new Place(name, line + 1), e.getMessage());
      }
      raw.transferTo(java.io.OutputStream.nullOutputStream());
    }
    compare(part, new Place(name, line), read, md5);
  }

  private void compare(ImportSource.Part part, Place at, long read, MessageDigest md5) {
    String found = Base64.getEncoder().encodeToString(md5.digest());
    if (part.md5() != null && !part.md5().equals(found)) {
      sink.damaged(at, "the file's MD5 is " + found + ", its manifest says " + part.md5());
    } else if (part.items() >= 0 && part.items() != read) {
      sink.damaged(
          at, "the file has " + Count.of(read, "item") + ", its manifest says " + part.items());
    }
  }

  private void line(Place place, byte[] bytes, boolean tooLong) throws IOException {
    if (tooLong) {
      sink.unreadable(place, "the line is longer than " + Lines.LIMIT + " bytes");
      return;
    }
    if (Lines.beginsWithNul(bytes)) {
      sink.unreadable(place, "the line begins with NUL bytes");
      return;
    }
    byte[] record = RejectedLine.record(bytes);
    Place at = place.of(() -> new String(record, StandardCharsets.UTF_8));
    try {
      byte[] json = FileKind.isIon(record) ? ion(record) : record;
      ItemRecord read = ItemRecord.read(json);
      if (read.isChange()) {
        sink.change(at, read, json);
      } else {
        sink.item(at, read.item());
      }
    } catch (NoItemException | IllegalArgumentException e) {
      sink.unreadable(at, e.getMessage());
    } catch (JsonProcessingException e) {
      sink.unreadable(at, SeedJson.describe(e, false));
    }
  }

  private byte[] ion(byte[] line) {
    if (ion == null) {
      ion = IonLine.reader(ionLibrary);
    }
    return ion.apply(line);
  }
}

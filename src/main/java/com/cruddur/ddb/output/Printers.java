package com.cruddur.ddb.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The printer of each format. None of them closes the Writer it is given. */
public final class Printers {
  private Printers() {}

  /**
   * Opens a list of records.
   *
   * @param columns field names in order: table and csv print exactly these; json and ndjson print
   *     records as given
   * @param display who reads {@code out}
   */
  public static RecordPrinter records(
      OutputFormat format, Writer out, List<String> columns, Display display) {
    PipeWriter pipe = new PipeWriter(out);
    return switch (format) {
      case TABLE -> new TablePrinter(pipe, columns, display);
      case JSON -> new JsonPrinter(pipe);
      case NDJSON -> new NdjsonPrinter(pipe);
      case CSV -> new CsvPrinter(pipe, columns, display);
    };
  }

  /**
   * Prints one document and flushes: a pretty-printed object (json), one line (ndjson), a header
   * and one line (csv), or one {@code name value} line for each field, nested ones indented,
   * wrapped at a terminal's width (table).
   *
   * @param document as a record of {@link RecordPrinter#print}
   */
  public static void document(
      OutputFormat format, Writer out, Map<String, ?> document, Display display) {
    PipeWriter pipe = new PipeWriter(out);
    switch (format) {
      case TABLE -> pipe.write(DocumentTable.of(document, display));
      case JSON -> JsonText.pretty(pipe, document);
      case NDJSON -> pipe.write(JsonText.compact(document) + "\n");
      case CSV -> {
        try (RecordPrinter csv = new CsvPrinter(pipe, List.copyOf(document.keySet()), display)) {
          csv.print(document);
        }
      }
    }
    pipe.flush();
  }

  /** Prints one line of visible text and flushes. */
  public static void line(Writer out, String text) {
    PipeWriter pipe = new PipeWriter(out);
    pipe.write(VisibleText.of(text) + "\n");
    pipe.flush();
  }

  /**
   * Prints bytes: as they are; to a terminal as visible text and a newline.
   *
   * @throws BrokenPipeException when the reader has gone away
   */
  public static void bytes(OutputStream out, byte[] value, boolean terminal) {
    byte[] shown = value;
    if (terminal) {
      String text = new String(value, StandardCharsets.UTF_8);
      shown = (VisibleText.of(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }
    try {
      out.write(shown);
      out.flush();
    } catch (IOException e) {
      throw PipeWriter.unchecked(e);
    }
  }

  /**
   * Prints a JSON document over several lines; parts of it that are lazy are written as they come.
   */
  public static void json(Writer out, Map<String, ?> document) {
    JsonText.pretty(out, document);
  }

  /** Prints a value of maps, lists, texts and numbers as an indented JSON document. */
  public static void json(Writer out, Object value) {
    JsonText.pretty(out, value);
  }
}

package com.cruddur.ddb.output;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the tests of this package share: records, and the printed text of lists. */
final class Printed {
  /** Everything that has broken a printer before, and ordinary text between it. */
  private static final String[] PIECES = {
    "a",
    "hello ",
    "\"",
    "\\",
    "\\n",
    "\n",
    "\r\n",
    "\t",
    "\u0000",
    "\u001b[31m",
    "\u007f",
    "\u009b",
    "\u202e",
    "\u2028",
    "\u2066",
    "\u200f",
    "'",
    "=1+1",
    "+",
    "-",
    "@",
    ",",
    ";",
    "é",
    "e\u0301",
    "漢字",
    "😀",
    "👨\u200d👩\u200d👧",
    "🇩🇪",
    "\ud83d",
    "\ude00",
    "\ufeff",
    "#",
    "</script>"
  };

  private Printed() {}

  static Map<String, Object> record(Object... namesAndValues) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      record.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return record;
  }

  @SafeVarargs
  static String list(OutputFormat format, List<String> columns, Map<String, Object>... records) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Map<String, Object> record : records) {
      all.add(record);
    }
    return list(format, columns, false, 0, all);
  }

  static String list(
      OutputFormat format,
      List<String> columns,
      boolean terminal,
      int width,
      List<Map<String, Object>> records) {
    return list(format, columns, new Display(terminal, width, false, null, false), records);
  }

  static String list(
      OutputFormat format,
      List<String> columns,
      Display display,
      List<Map<String, Object>> records) {
    StringWriter out = new StringWriter();
    try (RecordPrinter printer = Printers.records(format, out, columns, display)) {
      records.forEach(printer::print);
    }
    return out.toString();
  }

  static String document(OutputFormat format, Map<String, Object> document) {
    StringWriter out = new StringWriter();
    Printers.document(format, out, document, Display.PIPE);
    return out.toString();
  }

  /** A text of up to ten pieces, the same for the same random numbers. */
  static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(11); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  /** Counts characters and forgets them. */
  static final class CountingWriter extends Writer {
    long characters;

    @Override
    public void write(char[] text, int offset, int length) {
      characters += length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      throw new AssertionError("stdout must stay open");
    }
  }

  /** Fails as a Writer does whose reader went away. */
  static final class FailingWriter extends Writer {
    private final String message;

    FailingWriter(String message) {
      this.message = message;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException(message);
    }

    @Override
    public void flush() throws IOException {
      throw new IOException(message);
    }

    @Override
    public void close() {}
  }
}

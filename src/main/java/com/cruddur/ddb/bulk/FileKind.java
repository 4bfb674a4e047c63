package com.cruddur.ddb.bulk;

import com.cruddur.ddb.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file is that no input of ddb is, identified by its first bytes, so that it is refused by
 * its name and not line by line.
 *
 * @param name with its article, such as {@code a zip file}
 * @param cure what to do about it
 */
public record FileKind(String name, String cure) {
  private static final String UNPACK = "unpack it and load what is in it";
  private static final String CONVERT = "convert it to ndjson";
  private static final FileKind BINARY = new FileKind("a binary file of an unknown kind", CONVERT);
  private static final FileKind CSV =
      new FileKind("csv", "csv lacks types and users; use dynamodb-json or ndjson");

  /** Bytes that stand at an offset in every file of a kind. */
  private record Magic(int offset, byte[] bytes, FileKind kind) {
    boolean matches(byte[] head) {
      if (head.length < offset + bytes.length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (head[offset + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Magic> MAGIC =
      List.of(
          hex(0, "504b0304", "a zip file (or xlsx, docx, jar)", UNPACK),
          hex(0, "504b0506", "an empty zip file", UNPACK),
          hex(0, "1f8b", "a gzip file inside another", "unpack the outer one: gunzip"),
          ascii(0, "BZh", "a bzip2 file", "unpack it: bunzip2"),
          hex(0, "fd377a585a00", "an xz file", "unpack it: unxz"),
          hex(0, "28b52ffd", "a zstd file", "unpack it: unzstd"),
          hex(0, "04224d18", "an lz4 file", "unpack it: unlz4"),
          hex(0, "1f9d", "a compress (.Z) file", "unpack it: uncompress"),
          hex(0, "377abcaf271c", "a 7z file", UNPACK),
          ascii(0, "Rar!", "a rar file", UNPACK),
          ascii(257, "ustar", "a tar file", UNPACK),
          ascii(0, "PAR1", "a parquet file", CONVERT),
          ascii(0, "Obj\u0001", "an avro file", CONVERT),
          ascii(0, "ORC", "an orc file", CONVERT),
          ascii(0, "ARROW1", "an arrow file", CONVERT),
          ascii(0, "SQLite format 3", "an SQLite database", CONVERT),
          ascii(0, "PGDMP", "a PostgreSQL dump", CONVERT),
          ascii(0, "%PDF-", "a PDF file", CONVERT),
          hex(0, "d0cf11e0a1b11ae1", "an old Office file (xls, doc)", CONVERT),
          ascii(0, "{\\rtf", "an RTF file", CONVERT),
          hex(0, "89504e47", "a picture (png)", "name another file"),
          hex(0, "ffd8ff", "a picture (jpeg)", "name another file"),
          ascii(0, "GIF8", "a picture (gif)", "name another file"),
          hex(0, "7f454c46", "a program", "name another file"),
          hex(0, "cafebabe", "a Java class", "name another file"));

  private static final Magic ION_BINARY =
      hex(0, "e00100ea", "an Ion file", "load it with 'ddb import'");

  private static final Pattern SQL =
      Pattern.compile(
          "(?i)^(-- \\w*sql|/\\*!|insert into |create table |drop table |begin;|pragma )");
  private static final Pattern COLON_FIRST = Pattern.compile("\\s*@?[^\\s:@,;]+\\s*:.*");
  private static final int TEXT_BEGINS = 512;

  private static Magic hex(int offset, String hex, String name, String cure) {
    return hex(offset, hex, new FileKind(name, cure));
  }

  private static Magic hex(int offset, String hex, FileKind kind) {
    return new Magic(offset, HexFormat.of().parseHex(hex), kind);
  }

  private static Magic ascii(int offset, String text, String name, String cure) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new Magic(offset, bytes, new FileKind(name, cure));
  }

  /** In one line: what it is, and what to do. */
  String told() {
    return "the file is " + name + "; " + cure;
  }

  /** The kind of a file that cannot be an input of ddb; empty when it may be one. */
  static Optional<FileKind> of(byte[] head) {
    for (Magic magic : MAGIC) {
      if (magic.matches(head)) {
        return Optional.of(magic.kind);
      }
    }
    return encoded(head).or(() -> text(head));
  }

  /** Whether a file is Ion that is not text, as nobody's export is. */
  public static boolean isBinaryIon(byte[] head) {
    return ION_BINARY.matches(head);
  }

  /** Whether a file is Ion, binary or text. */
  public static boolean isIon(byte[] head) {
    String begin = new String(head, 0, Math.min(head.length, 64), StandardCharsets.UTF_8);
    return ION_BINARY.matches(head) || begin.stripLeading().startsWith("$ion_1_0");
  }

  /** For those who read no Ion. */
  static FileKind ion() {
    return ION_BINARY.kind;
  }

  private static Optional<FileKind> encoded(byte[] head) {
    return Utf8.otherEncoding(head)
        .map(other -> new FileKind(Utf8.family(other) + ", not UTF-8", Utf8.iconv(other)));
  }

  private static Optional<FileKind> text(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    if (text.startsWith("{") || text.startsWith("[")) {
      return Optional.empty();
    }
    String begin = text.substring(0, Math.min(text.length(), TEXT_BEGINS));
    String lower = begin.toLowerCase(Locale.ROOT);
    if (begin.indexOf('\0') >= 0) {
      return Optional.of(BINARY);
    } else if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of(new FileKind("a web page (html)", CONVERT));
    } else if (lower.startsWith("<?xml") || (lower.startsWith("<") && lower.contains("</"))) {
      return Optional.of(new FileKind("an XML file", CONVERT));
    } else if (lower.startsWith("%yaml")) {
      return Optional.of(new FileKind("a YAML file", CONVERT));
    } else if (SQL.matcher(begin).find()) {
      return Optional.of(new FileKind("an SQL script", CONVERT));
    }
    return isCsv(text) ? Optional.of(CSV) : Optional.empty();
  }

  /** A header of names, and a line of as many columns that is no line of a talk. */
  private static boolean isCsv(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).limit(2).toList();
    if (lines.isEmpty() || lines.stream().anyMatch(l -> COLON_FIRST.matcher(l).matches())) {
      return false;
    }
    for (String separator : List.of(",", ";", "\t")) {
      String name = "\"?[\\w][\\w -]*\"?";
      boolean header = lines.get(0).matches(name + "(" + separator + name + ")+");
      if (header && (lines.size() == 1 || lines.get(1).contains(separator))) {
        return true;
      }
    }
    return false;
  }
}

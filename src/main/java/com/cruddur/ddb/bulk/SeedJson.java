package com.cruddur.ddb.bulk;

import com.cruddur.ddb.text.Utf8;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the JSON of seed inputs is parsed. */
public final class SeedJson {
  /** Bounds on what one record can make the parser hold; a document may be of any length. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(5_000_000)
                  .maxNameLength(10_000)
                  .maxNestingDepth(200)
                  .build())
          .build();

  /** What the parser says of its own settings and sources, which tells the reader nothing. */
  private static final Pattern PARSER_WORDS =
      Pattern.compile(
          " \\(start marker at .*|, from `[^`]*`(?=\\))"
              + "| \\((not recognized as one since|consider enabling) .*"
              + "|: enable `.*` to allow$");

  private static final Pattern STRAY = Pattern.compile("^Invalid UTF-8 .*0x([0-9a-f]{2})");

  private SeedJson() {}

  /** What is wrong, and where, in one line; the parser's own message has more. */
  public static String describe(JsonProcessingException e, boolean withLine) {
    String problem = e.getOriginalMessage();
    int newline = problem.indexOf('\n');
    String first = newline < 0 ? problem : problem.substring(0, newline);
    Matcher stray = STRAY.matcher(first);
    String cause =
        PARSER_WORDS.matcher(first).replaceAll("")
            + (stray.find() ? "; " + Utf8.cure(Integer.parseInt(stray.group(1), 16)) : "");
    if (e.getLocation() == null) {
      return "broken JSON: " + cause;
    }
    String line = withLine ? "line " + e.getLocation().getLineNr() + ", " : "";
    return "broken JSON at " + line + "column " + e.getLocation().getColumnNr() + ": " + cause;
  }

  /**
   * The fields of the object that the parser stands at; the parser is left at its end. Strings are
   * kept as such, whatever else as JSON.
   */
  public static Fields fields(JsonParser parser) throws IOException {
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
      fields.put(name, text ? parser.getText() : Raw.of(parser));
    }
    return fields;
  }

  /** A value that is no string. */
  public record Raw(String json) {
    static final Raw NULL = new Raw("null");

    /** Kept of a value that is longer than a line may be: it cannot be repeated. */
    private static final Raw TOO_LONG = new Raw("\"...\"");

    private static final Set<String> NOTHING = Set.of("null", "[]", "{}");

    /** The value that the parser stands at; the parser is left at its end. */
    public static Raw of(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return NULL;
      }
      BoundedText text = new BoundedText();
      try (JsonGenerator json = FACTORY.createGenerator(text)) {
        json.copyCurrentStructure(parser);
      }
      return text.overflown ? TOO_LONG : new Raw(text.toString());
    }

    /** The strings of an array; null when it is none, or something else is among them. */
    public List<String> strings() throws IOException {
      try (JsonParser parser = FACTORY.createParser(json)) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          return null;
        }
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          strings.add(parser.getText());
        }
        return parser.currentToken() == JsonToken.END_ARRAY ? strings : null;
      }
    }
  }

  /** Takes as much as a line may have. */
  private static final class BoundedText extends StringWriter {
    boolean overflown;

    @Override
    public void write(char[] text, int offset, int length) {
      if (room(length)) {
        super.write(text, offset, length);
      }
    }

    @Override
    public void write(String text, int offset, int length) {
      if (room(length)) {
        super.write(text, offset, length);
      }
    }

    private boolean room(int length) {
      overflown |= getBuffer().length() + length > Lines.LIMIT;
      return !overflown;
    }
  }

  /** The fields of a record by name; the first that is of the wrong type is its problem. */
  public static final class Fields {
    /** Name, value, and so on: a record has few, and a map of them would cost more than parsing. */
    private final List<Object> values = new ArrayList<>(16);

    private String problem;

    public void put(String name, Object value) {
      if (get(name) != null) {
        problem = problem == null ? name + " is there twice" : problem;
      }
      values.add(name);
      values.add(value);
    }

    private Object get(String name) {
      for (int i = values.size() - 2; i >= 0; i -= 2) {
        if (name.equals(values.get(i))) {
          return values.get(i + 1);
        }
      }
      return null;
    }

    public boolean has(String name) {
      return get(name) != null;
    }

    /** Null when it is missing, or is no string, which is then the problem. */
    public String text(String name) {
      Object value = get(name);
      if (value instanceof String text) {
        return text;
      }
      wrong(value, name + " is not a string");
      return null;
    }

    /** Null when it is missing, or is no list of strings, which is then the problem. */
    public List<String> texts(String name) throws IOException {
      Object value = get(name);
      List<String> texts = value instanceof Raw raw ? raw.strings() : null;
      if (texts == null) {
        wrong(value, name + " is not a list of strings");
      }
      return texts;
    }

    private void wrong(Object value, String what) {
      if (value != null && value != Raw.NULL && problem == null) {
        problem = what;
      }
    }

    public String problem() {
      return problem;
    }

    /** The names that are none of these, of fields that hold anything. */
    public List<String> others(Set<String> ours) {
      List<String> others = null;
      for (int i = 0; i < values.size(); i += 2) {
        Object value = values.get(i + 1);
        boolean empty =
            value instanceof Raw raw ? Raw.NOTHING.contains(raw.json) : value.equals("");
        if (!empty && !ours.contains(values.get(i))) {
          others = others == null ? new ArrayList<>() : others;
          others.add((String) values.get(i));
        }
      }
      return others == null ? List.of() : others;
    }

    /**
     * The record as a line.
     *
     * @param type of the record
     * @param groupUuid of the conversation that it stands in; null to leave it out
     */
    public String line(String type, String groupUuid) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = FACTORY.createGenerator(text)) {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (groupUuid != null) {
          json.writeStringField("message_group_uuid", groupUuid);
        }
        for (int i = 0; i < values.size(); i += 2) {
          String name = (String) values.get(i);
          if (!name.equals("type") && (groupUuid == null || !name.equals("message_group_uuid"))) {
            json.writeFieldName(name);
            Object value = values.get(i + 1);
            if (value instanceof Raw raw) {
              json.writeRawValue(raw.json);
            } else {
              json.writeString((String) value);
            }
          }
        }
        json.writeEndObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text.toString();
    }
  }
}

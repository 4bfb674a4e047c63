package com.cruddur.ddb.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How the JSON of seed inputs is parsed. */
final class SeedJson {
  /** Bounds on what one record can make the parser hold; a document may be of any length. */
  static final JsonFactory FACTORY =
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
      Pattern.compile(" \\(start marker at .*|, from `[^`]*`(?=\\))");

  private SeedJson() {}

  /** What is wrong, and where, in one line; the parser's own message has more. */
  static String describe(JsonProcessingException e, boolean withLine) {
    String problem = e.getOriginalMessage();
    int newline = problem.indexOf('\n');
    String first = newline < 0 ? problem : problem.substring(0, newline);
    String cause = PARSER_WORDS.matcher(first).replaceAll("");
    if (e.getLocation() == null) {
      return "broken JSON: " + cause;
    }
    String line = withLine ? "line " + e.getLocation().getLineNr() + ", " : "";
    return "broken JSON at " + line + "column " + e.getLocation().getColumnNr() + ": " + cause;
  }

  /**
   * The fields of the object that the parser stands at; the parser is left at its end. Strings, and
   * lists of strings, are kept; whatever else is skipped and remembered as such.
   */
  static Fields fields(JsonParser parser) throws IOException {
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> fields.put(name, parser.getText());
        case VALUE_NULL -> fields.put(name, null);
        case START_ARRAY -> fields.put(name, strings(parser));
        default -> {
          parser.skipChildren();
          fields.put(name, Fields.OTHER);
        }
      }
    }
    return fields;
  }

  /** The strings of an array; {@link Fields#OTHER} when something else is among them. */
  static Object strings(JsonParser parser) throws IOException {
    List<String> strings = new ArrayList<>();
    boolean other = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        strings.add(parser.getText());
      } else {
        parser.skipChildren();
        other = true;
      }
    }
    return other ? Fields.OTHER : strings;
  }

  /** The fields of a record by name; the first that is of the wrong type is its problem. */
  static final class Fields {
    private static final Object OTHER = new Object();

    /** Name, value, and so on: a record has few, and a map of them would cost more than parsing. */
    private final List<Object> values = new ArrayList<>(16);

    private String problem;

    private void put(String name, Object value) {
      values.add(name);
      values.add(value);
    }

    /** Of a name that stands twice the last one counts. */
    private Object get(String name) {
      for (int i = values.size() - 2; i >= 0; i -= 2) {
        if (name.equals(values.get(i))) {
          return values.get(i + 1);
        }
      }
      return null;
    }

    /** Null when it is missing, or is no string, which is then the problem. */
    String text(String name) {
      Object value = get(name);
      if (value instanceof String text) {
        return text;
      }
      wrong(value, name + " is not a string");
      return null;
    }

    /** Null when it is missing, or is no list of strings, which is then the problem. */
    @SuppressWarnings("unchecked")
    List<String> texts(String name) {
      Object value = get(name);
      if (value instanceof List<?> list) {
        return (List<String>) list;
      }
      wrong(value, name + " is not a list of strings");
      return null;
    }

    private void wrong(Object value, String what) {
      if (value != null && problem == null) {
        problem = what;
      }
    }

    String problem() {
      return problem;
    }
  }
}

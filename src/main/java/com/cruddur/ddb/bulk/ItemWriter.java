package com.cruddur.ddb.bulk;

import com.cruddur.ddb.dynamo.ItemJson;
import com.cruddur.ddb.dynamo.Items;
import com.cruddur.ddb.dynamo.PlainItem;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes items to a stream, one after the other. Closing it ends the stream too. */
public interface ItemWriter extends Closeable {
  /** Of plain JSON, with every digit of a number. */
  ObjectMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  void write(Map<String, AttributeValue> item) throws IOException;

  /** Passes on what is held back, so that a reader sees it. */
  void flush() throws IOException;

  /**
   * A writer.
   *
   * @param first whether nothing stands before what it writes
   */
  static ItemWriter of(ExportFormat format, OutputStream out, boolean first) throws IOException {
    return switch (format) {
      case DYNAMODB_JSON ->
          new JsonLines(out, ItemJson.FACTORY.createGenerator(out), JsonLines::typed);
      case NDJSON -> new JsonLines(out, MAPPER.createGenerator(out), JsonLines::plain);
      case CSV -> new Csv(out, first);
    };
  }

  /** A line of JSON for each item. */
  final class JsonLines implements ItemWriter {
    private final OutputStream out;
    private final JsonGenerator json;
    private final Form form;

    /** How an item is written. */
    private interface Form {
      void write(JsonGenerator json, Map<String, AttributeValue> item) throws IOException;
    }

    private JsonLines(OutputStream out, JsonGenerator json, Form form) {
      this.out = out;
      this.json = json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      this.form = form;
    }

    // {"Item":{"pk":{"S":"…"},…}}
    private static void typed(JsonGenerator json, Map<String, AttributeValue> item)
        throws IOException {
      json.writeStartObject();
      json.writeFieldName("Item");
      ItemJson.write(json, item);
      json.writeEndObject();
    }

    // {"pk":"…","sk":"…",…}
    private static void plain(JsonGenerator json, Map<String, AttributeValue> item)
        throws IOException {
      MAPPER.writeValue(json, PlainItem.of(item));
    }

    @Override
    public void write(Map<String, AttributeValue> item) throws IOException {
      form.write(json, item);
      json.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
      json.flush();
    }

    @Override
    public void close() throws IOException {
      json.close();
      out.close();
    }
  }

  /** The data model's attributes, and a column {@code other} with the rest of an item as JSON. */
  final class Csv implements ItemWriter {
    private static final List<String> COLUMNS = Items.ATTRIBUTES;
    private final CsvWriter csv;

    Csv(OutputStream out, boolean first) {
      csv = CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      if (first) {
        List<String> head = new ArrayList<>(COLUMNS);
        head.add("other");
        csv.writeRecord(head);
      }
    }

    @Override
    public void write(Map<String, AttributeValue> item) throws IOException {
      Map<String, Object> rest = new LinkedHashMap<>(PlainItem.of(item));
      List<String> row = new ArrayList<>();
      for (String column : COLUMNS) {
        row.add(text(rest.remove(column)));
      }
      row.add(rest.isEmpty() ? null : text(rest));
      csv.writeRecord(row);
    }

    private static String text(Object value) throws JsonProcessingException {
      return value == null || value instanceof String
          ? (String) value
          : MAPPER.writeValueAsString(value);
    }

    @Override
    public void flush() throws IOException {
      csv.flush();
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}

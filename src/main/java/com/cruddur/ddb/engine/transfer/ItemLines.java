package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.ByteSink;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The lines of an export's data file. */
interface ItemLines extends Closeable {

  /** Writes an item of a full export. */
  void item(Item item) throws IOException;

  /**
   * Writes an item of an incremental export.
   *
   * @param images what is told of it, by AWS's names: Keys, OldImage, NewImage
   * @param micros when it was last written, epoch microseconds
   */
  void change(Map<String, Item> images, long micros) throws IOException;

  /**
   * The lines of a data file in one of the formats.
   *
   * @param format DYNAMODB_JSON or ION
   */
  static ItemLines to(OutputStream out, String format) throws IOException {
    return format.equals("ION")
        ? new Ion(new OutputStreamWriter(out, StandardCharsets.UTF_8))
        : Json.to(out);
  }

  /** {@code {"Item":{"pk":{"S":"a"}}}}. */
  record Json(OutputStream file, ByteSink line, JsonGenerator out) implements ItemLines {
    private static Json to(OutputStream file) throws IOException {
      ByteSink line = new ByteSink(1024);
      return new Json(
          file, line, Jobs.JSON.getFactory().createGenerator(line).setRootValueSeparator(null));
    }

    @Override
    public void item(Item item) throws IOException {
      out.writeStartObject();
      image("Item", item);
      end();
    }

    @Override
    public void change(Map<String, Item> images, long micros) throws IOException {
      out.writeStartObject();
      out.writeObjectFieldStart("Metadata");
      out.writeObjectFieldStart("WriteTimestampMicros");
      out.writeStringField("N", Long.toString(micros));
      out.writeEndObject();
      out.writeEndObject();
      for (Map.Entry<String, Item> image : images.entrySet()) {
        image(image.getKey(), image.getValue());
      }
      end();
    }

    private void image(String name, Item item) throws IOException {
      out.writeFieldName(name);
      ItemJson.write(out, item);
    }

    private void end() throws IOException {
      out.writeEndObject();
      out.writeRaw('\n');
      out.flush();
      file.write(line.array(), 0, line.size());
      line.clear();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** {@code $ion_1_0 {Item:{pk:"a"}}}. */
  record Ion(Writer out) implements ItemLines {
    @Override
    public void item(Item item) throws IOException {
      out.write("$ion_1_0 {Item:");
      IonText.write(out, item);
      out.write("}\n");
    }

    @Override
    public void change(Map<String, Item> images, long micros) throws IOException {
      out.write("$ion_1_0 {Record:{Metadata:{WriteTimestampMicros:" + micros + ".}");
      for (Map.Entry<String, Item> image : images.entrySet()) {
        out.write("," + image.getKey() + ":");
        IonText.write(out, image.getValue());
      }
      out.write("}}\n");
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}

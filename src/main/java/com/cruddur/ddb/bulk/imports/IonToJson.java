package com.cruddur.ddb.bulk.imports;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import com.cruddur.ddb.text.Utf8;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Turns a line of Ion, as DynamoDB exports it, into the line of DynamoDB JSON that it would be.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">how
 *     DynamoDB's types become Ion's</a>
 */
public final class IonToJson implements UnaryOperator<byte[]> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> ITEMS = Set.of("Item", "Keys", "NewImage", "OldImage");
  private static final Set<String> WRAPPERS = Set.of("Record", "Metadata");

  /** For {@link IonLine}. */
  public IonToJson() {}

  @Override
  public byte[] apply(byte[] line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * line.length);
    try (IonReader ion = IonReaderBuilder.standard().build(line);
        JsonGenerator json = JSON.createGenerator(bytes)) {
      if (ion.next() != IonType.STRUCT) {
        throw new IllegalArgumentException("the line is not a struct of Ion");
      }
      wrapper(ion, json);
      if (ion.next() != null) {
        throw new IllegalArgumentException("something follows the item on its line");
      }
    } catch (IonException e) {
      String cure = Utf8.isValid(line) ? "" : "; " + Utf8.cure(line);
      throw new IllegalArgumentException("broken Ion: " + e.getMessage() + cure, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A struct that names items, and is none. */
  private static void wrapper(IonReader ion, JsonGenerator json) throws IOException {
    ion.stepIn();
    json.writeStartObject();
    while (ion.next() != null) {
      String name = ion.getFieldName();
      json.writeFieldName(name);
      if (ITEMS.contains(name) && ion.getType() == IonType.STRUCT) {
        attributes(ion, json);
      } else if (WRAPPERS.contains(name) && ion.getType() == IonType.STRUCT) {
        wrapper(ion, json);
      } else {
        json.writeString(scalar(ion));
      }
    }
    json.writeEndObject();
    ion.stepOut();
  }

  private static void attributes(IonReader ion, JsonGenerator json) throws IOException {
    ion.stepIn();
    json.writeStartObject();
    while (ion.next() != null) {
      json.writeFieldName(ion.getFieldName());
      value(ion, json);
    }
    json.writeEndObject();
    ion.stepOut();
  }

  private static void value(IonReader ion, JsonGenerator json) throws IOException {
    json.writeStartObject();
    if (ion.isNullValue()) {
      json.writeBooleanField("NULL", true);
    } else {
      switch (ion.getType()) {
        case STRING, SYMBOL -> json.writeStringField("S", ion.stringValue());
        case INT, DECIMAL, FLOAT -> json.writeStringField("N", scalar(ion));
        case BOOL -> json.writeBooleanField("BOOL", ion.booleanValue());
        case BLOB, CLOB -> json.writeStringField("B", scalar(ion));
        case STRUCT -> {
          json.writeFieldName("M");
          attributes(ion, json);
        }
        case LIST -> list(ion, json);
        default ->
            throw new IllegalArgumentException(
                "attribute " + ion.getFieldName() + " is of Ion's type " + ion.getType());
      }
    }
    json.writeEndObject();
  }

  /** A list, or a set, which its annotation tells. */
  private static void list(IonReader ion, JsonGenerator json) throws IOException {
    String[] annotations = ion.getTypeAnnotations();
    String set = annotations.length == 1 ? annotations[0].replace("$dynamodb_", "") : "L";
    json.writeFieldName(set);
    ion.stepIn();
    json.writeStartArray();
    while (ion.next() != null) {
      if (set.equals("L")) {
        value(ion, json);
      } else {
        json.writeString(scalar(ion));
      }
    }
    json.writeEndArray();
    ion.stepOut();
  }

  private static String scalar(IonReader ion) {
    return switch (ion.getType()) {
      case STRING, SYMBOL -> ion.stringValue();
      case INT -> ion.bigIntegerValue().toString();
      case DECIMAL, FLOAT -> number(ion);
      case BLOB, CLOB -> Base64.getEncoder().encodeToString(ion.newBytes());
      default -> throw new IllegalArgumentException("a value of Ion's type " + ion.getType());
    };
  }

  /** 38 digits as they are; only beyond them with an exponent. */
  private static String number(IonReader ion) {
    java.math.BigDecimal number =
        ion.getType() == IonType.FLOAT
            ? java.math.BigDecimal.valueOf(ion.doubleValue())
            : ion.bigDecimalValue();
    return Math.abs(number.scale()) <= 38 ? number.toPlainString() : number.toString();
  }
}

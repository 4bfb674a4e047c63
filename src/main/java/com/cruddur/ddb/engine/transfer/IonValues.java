package com.cruddur.ddb.engine.transfer;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ion's values as DynamoDB's, the way back from {@link IonText}. */
final class IonValues {
  private static final String SET = "$dynamodb_";

  private IonValues() {}

  /** The members of the struct that the reader stands on. */
  static Map<String, AttributeValue> struct(IonReader reader) {
    Map<String, AttributeValue> members = new LinkedHashMap<>();
    reader.stepIn();
    while (reader.next() != null) {
      members.put(reader.getFieldName(), value(reader));
    }
    reader.stepOut();
    return members;
  }

  private static AttributeValue value(IonReader reader) {
    if (reader.isNullValue()) {
      return new Null();
    }
    return switch (reader.getType()) {
      case STRING, SYMBOL -> new S(reader.stringValue());
      case INT -> new N(reader.bigIntegerValue().toString());
      case DECIMAL -> new N(reader.bigDecimalValue().toString());
      case FLOAT -> new N(Double.toString(reader.doubleValue()));
      case BOOL -> new Bool(reader.booleanValue());
      case BLOB, CLOB -> new B(reader.newBytes());
      case STRUCT -> new M(struct(reader));
      case LIST -> list(reader);
      default -> throw EngineException.validation("no attribute can hold %s", reader.getType());
    };
  }

  /** A list, or a set, which its annotation tells. */
  private static AttributeValue list(IonReader reader) {
    String[] annotations = reader.getTypeAnnotations();
    List<AttributeValue> elements = new ArrayList<>();
    reader.stepIn();
    for (IonType type = reader.next(); type != null; type = reader.next()) {
      elements.add(value(reader));
    }
    reader.stepOut();
    if (annotations.length != 1 || !annotations[0].startsWith(SET)) {
      return new L(elements);
    }
    String set = annotations[0].substring(SET.length());
    if (elements.isEmpty() || !elements.stream().allMatch(e -> set.equals(e.type() + "S"))) {
      throw EngineException.validation("a set of %s holds something else or nothing", set);
    }
    return SetValue.of(set, elements);
  }
}

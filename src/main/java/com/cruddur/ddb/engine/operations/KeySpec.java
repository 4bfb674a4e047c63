package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What AWS asks of the key of a table or an index. */
final class KeySpec {
  private static final int MOST = 4;

  private KeySpec() {}

  /** Refuses a key of a table or a local index with too many attributes. */
  static void checkLength(List<Request> key, String path) {
    if (key.size() > 2) {
      throw EngineException.validation(
          "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member"
              + " must have length less than or equal to 2",
          elements(key), path);
    }
  }

  private static String elements(List<Request> key) {
    return key.stream()
        .map(
            each ->
                "KeySchemaElement(attributeName="
                    + each.text("AttributeName")
                    + ", keyType="
                    + each.text("KeyType")
                    + ")")
        .toList()
        .toString();
  }

  /** Refuses the key of a table or a local index. */
  static void check(List<Request> key, Set<String> defined) {
    checkDefined(key, defined);
    if (new HashSet<>(names(key)).size() < key.size()) {
      throw EngineException.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    checkFirst(key);
    if (key.size() > 1 && !isRange(key.get(1))) {
      throw EngineException.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
  }

  private static void checkFirst(List<Request> key) {
    if (isRange(key.get(0))) {
      throw EngineException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
  }

  private static boolean isRange(Request part) {
    return part.text("KeyType").equals("RANGE");
  }

  /** Refuses the key of a global index, each half of which may have several attributes. */
  static void checkGlobal(List<Request> key, Set<String> defined) {
    checkDefined(key, defined);
    if (new HashSet<>(names(key)).size() < key.size()) {
      throw EngineException.validation(
          "The KeySchema contains multiple key attributes with the same name");
    }
    checkFirst(key);
    long ranges = key.stream().filter(KeySpec::isRange).count();
    if (!key.stream().skip(key.size() - ranges).allMatch(KeySpec::isRange)) {
      throw EngineException.invalid(
          "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    }
    if (Math.max(ranges, key.size() - ranges) > MOST) {
      throw EngineException.invalid(
          "The KeySchema exceeds the maximum allowed number of %s key attributes",
          ranges > MOST ? "RANGE" : "HASH");
    }
  }

  /** Refuses a key of more attributes than are defined. */
  static void checkNumber(List<Request> key, Set<String> defined) {
    if (key.size() > defined.size()) {
      throw EngineException.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
  }

  /** Refuses a key of which an attribute is not defined. */
  static void checkDefined(List<Request> key, Set<String> defined) {
    List<String> names = names(key);
    if (!defined.containsAll(names)) {
      throw EngineException.invalid(
          "Some index key attributes are not defined in AttributeDefinitions. Keys: %s,"
              + " AttributeDefinitions: %s",
          names, new ArrayList<>(defined));
    }
  }

  static List<String> names(List<Request> key) {
    return key.stream().map(each -> each.text("AttributeName")).toList();
  }
}

package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What AWS asks of the keys, indexes, capacity and stream of a table beyond the model of its API.
 */
final class TableSpec {
  private static final long MOST_UNITS = 1_000_000_000_000L;
  private static final int MOST_LOCAL = 5;
  static final int MOST_GLOBAL = 20;

  private TableSpec() {}

  /** Refuses a request of CreateTable that cannot be fulfilled whatever tables there are. */
  static void checkCreate(Request request) {
    if (!request.has("TableName")) {
      throw EngineException.validation(
          "The parameter 'TableName' is required but was not present in the request");
    }
    List<Request> key = request.structures("KeySchema");
    KeySpec.checkLength(key, "keySchema");
    List<Request> local = request.structures("LocalSecondaryIndexes");
    for (int i = 0; local != null && i < local.size(); i++) {
      KeySpec.checkLength(
          local.get(i).structures("KeySchema"),
          "localSecondaryIndexes." + (i + 1) + ".member.keySchema");
    }
    String mode = TableOptions.mode(request, "PROVISIONED");
    List<Request> global = request.structures("GlobalSecondaryIndexes");
    checkBilling(request, mode);
    checkBounds(request, global == null ? Stream.empty() : global.stream());
    TableOptions.checkOnDemand(request.structure("OnDemandThroughput"), mode, null, false);
    WarmThroughput.checkNew(request, mode, "table");
    checkStream(request.structure("StreamSpecification"));
    TableOptions.check(request);
    if (request.has("Tags")) {
      Tags.of(request.structures("Tags"));
    }
    Set<String> defined = defined(request.structures("AttributeDefinitions"));
    KeySpec.checkNumber(key, defined);
    KeySpec.check(key, defined);
    both(local, global)
        .forEach(index -> KeySpec.checkDefined(index.structures("KeySchema"), defined));
    checkAllUsed(defined, key, local, global);
    checkLocal(local, key, defined);
    checkGlobal(global, defined, mode);
    checkNames(local, global);
  }

  static Set<String> defined(List<Request> definitions) {
    Set<String> names = new LinkedHashSet<>();
    for (Request definition : definitions) {
      if (!names.add(definition.text("AttributeName"))) {
        throw EngineException.validation(
            "Attribute Name is duplicated: %s", definition.text("AttributeName"));
      }
    }
    return names;
  }

  static void checkBilling(Request request, String mode) {
    boolean given = request.has("ProvisionedThroughput");
    if (mode.equals("PROVISIONED") && !given) {
      throw EngineException.invalid(
          "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
              + " PROVISIONED");
    }
    if (mode.equals("PAY_PER_REQUEST") && given) {
      throw EngineException.invalid(
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
              + " PAY_PER_REQUEST");
    }
  }

  /** Refuses more capacity than AWS reckons with: of a table, then of its indexes. */
  static void checkBounds(Request table, Stream<Request> indexes) {
    checkBounds(table, "");
    indexes.forEach(index -> checkBounds(index, " for index " + index.text("IndexName")));
  }

  private static void checkBounds(Request of, String whose) {
    Request throughput = of.structure("ProvisionedThroughput");
    if (throughput == null) {
      return;
    }
    for (String units : List.of("ReadCapacityUnits", "WriteCapacityUnits")) {
      if (throughput.integer(units) > MOST_UNITS) {
        throw EngineException.validation(
            "Given value %s for %s is out of bounds%s", throughput.integer(units), units, whose);
      }
    }
  }

  private static void checkStream(Request stream) {
    if (stream == null) {
      return;
    }
    if (stream.flag("StreamEnabled") && !stream.has("StreamViewType")) {
      throw EngineException.invalid(
          "Table is being created with a stream enabled, UpdateViewType is required");
    }
    if (!stream.flag("StreamEnabled") && stream.has("StreamViewType")) {
      throw EngineException.invalid(
          "Table is being created with a stream disabled, UpdateViewType should not be specified");
    }
  }

  private static void checkLocal(List<Request> indexes, List<Request> key, Set<String> defined) {
    if (indexes == null) {
      return;
    }
    if (indexes.isEmpty()) {
      throw EngineException.invalid("List of LocalSecondaryIndexes is empty");
    }
    if (key.size() < 2) {
      throw EngineException.invalid(
          "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    for (Request index : indexes) {
      String name = index.text("IndexName");
      List<Request> own = index.structures("KeySchema");
      KeySpec.check(own, defined);
      if (own.size() < 2) {
        throw EngineException.invalid(
            "Index KeySchema does not have a range key for index: %s", name);
      }
      String hash = own.get(0).text("AttributeName");
      if (!hash.equals(key.get(0).text("AttributeName"))) {
        throw EngineException.invalid(
            "Index KeySchema does not have the same leading hash key as table KeySchema for"
                + " index: %s. index hash key: %s, table hash key: %s",
            name, hash, key.get(0).text("AttributeName"));
      }
      checkProjection(index);
    }
    if (indexes.size() > MOST_LOCAL) {
      throw EngineException.invalid(
          "Number of LocalSecondaryIndexes exceeds per-table limit of %s", MOST_LOCAL);
    }
  }

  private static void checkGlobal(List<Request> indexes, Set<String> defined, String mode) {
    if (indexes == null) {
      return;
    }
    if (indexes.isEmpty()) {
      throw EngineException.invalid("List of GlobalSecondaryIndexes is empty");
    }
    for (Request index : indexes) {
      checkGlobal(index, defined, mode);
    }
    if (indexes.size() > MOST_GLOBAL) {
      throw EngineException.invalid(
          "GlobalSecondaryIndex count exceeds the per-table limit of %s", MOST_GLOBAL);
    }
  }

  /** Refuses a global index of a table with this billing mode. */
  static void checkGlobal(Request index, Set<String> defined, String mode) {
    List<Request> key = index.structures("KeySchema");
    KeySpec.checkGlobal(key, defined);
    checkProjection(index);
    String name = index.text("IndexName");
    boolean given = index.has("ProvisionedThroughput");
    if (mode.equals("PROVISIONED") && !given) {
      throw EngineException.invalid("ProvisionedThroughput is not specified for index: %s", name);
    }
    if (mode.equals("PAY_PER_REQUEST") && given) {
      throw EngineException.invalid(
          "ProvisionedThroughput should not be specified for index: %s when BillingMode is"
              + " PAY_PER_REQUEST",
          name);
    }
    TableOptions.checkOnDemand(index.structure("OnDemandThroughput"), mode, name, false);
    WarmThroughput.checkNew(index, mode, "index " + name);
  }

  private static void checkProjection(Request index) {
    Request projection = index.structure("Projection");
    String type = projection.text("ProjectionType");
    boolean named = projection.has("NonKeyAttributes");
    if (type == null) {
      throw EngineException.invalid("Unknown ProjectionType: null");
    }
    if (type.equals("INCLUDE") && !named) {
      throw EngineException.invalid(
          "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    }
    if (!type.equals("INCLUDE") && named) {
      throw EngineException.invalid(
          "ProjectionType is %s, but NonKeyAttributes is specified", type);
    }
    Set<String> names = new HashSet<>();
    for (String name : named ? projection.texts("NonKeyAttributes") : List.<String>of()) {
      if (!names.add(name)) {
        throw EngineException.invalid("Duplicate element in NonKeyAttributes: %s", name);
      }
    }
  }

  private static void checkNames(List<Request> local, List<Request> global) {
    Set<String> names = new HashSet<>();
    both(local, global)
        .forEach(
            index -> {
              if (!names.add(index.text("IndexName"))) {
                throw EngineException.invalid("Duplicate index name: %s", index.text("IndexName"));
              }
            });
  }

  private static void checkAllUsed(
      Set<String> defined, List<Request> key, List<Request> local, List<Request> global) {
    Set<String> used = new LinkedHashSet<>(KeySpec.names(key));
    both(local, global).forEach(index -> used.addAll(KeySpec.names(index.structures("KeySchema"))));
    if (defined.size() == used.size()) {
      return;
    }
    if (local == null && global == null) {
      throw EngineException.invalid(
          "Number of attributes in KeySchema does not exactly match number of attributes defined"
              + " in AttributeDefinitions");
    }
    throw EngineException.invalid(
        "Some AttributeDefinitions are not used. AttributeDefinitions: %s, keys used: %s",
        new ArrayList<>(defined), new ArrayList<>(used));
  }

  private static Stream<Request> both(List<Request> local, List<Request> global) {
    return Stream.concat(
        local == null ? Stream.empty() : local.stream(),
        global == null ? Stream.empty() : global.stream());
  }
}

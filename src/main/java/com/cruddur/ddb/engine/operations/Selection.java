package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Index;
import com.cruddur.ddb.engine.storage.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a query or a scan answers with of each item.
 *
 * @param count whether it only counts
 * @param fetch whether a local index does not hold all of it, so that items are read from the table
 * @param projection the parts that are wanted; null for all
 * @param flat whether parts stand side by side under their last names, as in PartiQL
 */
record Selection(boolean count, boolean fetch, Projection projection, boolean flat) {

  /** Checks {@code Select} against what else the request asks for. */
  static void check(Request request, boolean wantsParts, boolean envelope) {
    String select = request.text("Select");
    if (select == null) {
      return;
    }
    if (select.equals("SPECIFIC_ATTRIBUTES") && !wantsParts) {
      throw EngineException.validation(
          (envelope ? "1 validation error detected: " : "")
              + "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
    if (!select.equals("SPECIFIC_ATTRIBUTES") && wantsParts) {
      String parameter =
          request.has("AttributesToGet") ? "AttributesToGet" : "ProjectionExpression";
      throw EngineException.validation(
          "%sCannot specify the %s when choosing to get %s",
          envelope && select.equals("COUNT") ? "1 validation error detected: " : "",
          parameter,
          select.equals("COUNT") ? "only the Count" : select);
    }
    if (select.equals("ALL_PROJECTED_ATTRIBUTES") && !request.has("IndexName")) {
      throw EngineException.validation(
          "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
  }

  /** What {@code Select} and the projection ask of the table or of an index. */
  static Selection of(String select, Projection projection, Table table, Index index) {
    boolean count = "COUNT".equals(select);
    if (index == null || index.projectsAll()) {
      return new Selection(count, false, projection, false);
    }
    Set<String> held = index.projected(table.key());
    boolean outside =
        projection != null
            && projection.paths().stream().map(Path::head).anyMatch(name -> !held.contains(name));
    if (index.global() && "ALL_ATTRIBUTES".equals(select)) {
      throw EngineException.invalid(
          "Select type ALL_ATTRIBUTES is not supported for global secondary index %s because"
              + " its projection type is not ALL",
          index.name());
    }
    if (index.global() && outside) {
      List<String> missing =
          projection.paths().stream()
              .map(Path::head)
              .filter(name -> !held.contains(name))
              .distinct()
              .toList();
      throw EngineException.invalid(
          "Global secondary index %s does not project %s", index.name(), missing);
    }
    boolean fetch = !index.global() && (outside || "ALL_ATTRIBUTES".equals(select));
    return new Selection(count, fetch, projection, false);
  }

  /** The same, with parts side by side. */
  Selection flattened() {
    return new Selection(count, fetch, projection, true);
  }

  Item apply(Item item) {
    if (projection == null) {
      return item;
    }
    return flat ? Item.of(parts(item)) : projection.apply(item);
  }

  private Map<String, AttributeValue> parts(Item item) {
    Map<String, AttributeValue> parts = new LinkedHashMap<>();
    for (Path path : projection.paths()) {
      AttributeValue value = path.get(item);
      if (value != null) {
        parts.put(path.column(), value);
      }
    }
    return parts;
  }
}

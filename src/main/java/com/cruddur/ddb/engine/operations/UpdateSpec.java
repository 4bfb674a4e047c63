package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What AWS asks of a request of UpdateTable before it looks for the table. */
final class UpdateSpec {
  private static final String INDEXES = "GlobalSecondaryIndexUpdates";
  private static final List<String> CHANGES =
      List.of(
          "BillingMode",
          "TableThroughputMode",
          "ProvisionedThroughput",
          INDEXES,
          "StreamSpecification",
          "SSESpecification",
          "TableClass",
          "DeletionProtectionEnabled",
          "OnDemandThroughput",
          "WarmThroughput");
  private static final Map<String, String> ALONE =
      Map.of(
          "SSESpecification", "Server-Side Encryption modification",
          "TableClass", "TableClass modification",
          "DeletionProtectionEnabled", "DeletionProtection modification",
          "WarmThroughput", "WarmThroughput");

  private UpdateSpec() {}

  static void check(Request request) {
    List<Request> indexes = request.structures(INDEXES);
    for (Request index : indexes == null ? List.<Request>of() : indexes) {
      if (index.has("Update")) {
        WarmThroughput.checkUpdate(index.structure("Update"));
      }
    }
    List<String> changes = changes(request, indexes);
    if (changes.isEmpty()) {
      throw EngineException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
              + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
              + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
              + " required");
    }
    TableSpec.checkBounds(request, actions(indexes));
    if (changes.contains("WarmThroughput")
        && indexes != null
        && indexes.stream().anyMatch(index -> index.has("Create"))) {
      throw EngineException.invalid(
          "Create global secondary index cannot be specified when updating WarmThroughput");
    }
    if (indexes != null && indexes.isEmpty()) {
      throw EngineException.invalid("List of GlobalSecondaryIndexUpdates is empty");
    }
    checkCompany(changes);
    checkStream(request.structure("StreamSpecification"));
    TableOptions.check(request);
    if (indexes != null) {
      checkIndexes(indexes);
    }
    checkMixture(request);
  }

  /** What a request changes; a list of no indexes and a warmth of no units are no changes. */
  private static List<String> changes(Request request, List<Request> indexes) {
    return CHANGES.stream()
        .filter(request::has)
        .filter(name -> !name.equals("WarmThroughput") || WarmThroughput.isAsked(request))
        .filter(name -> !name.equals(INDEXES) || !indexes.isEmpty())
        .toList();
  }

  /** What is asked of each index, whatever the kind of change. */
  private static Stream<Request> actions(List<Request> indexes) {
    return indexes == null
        ? Stream.empty()
        : indexes.stream().flatMap(each -> each.names().stream().map(each::structure));
  }

  /** Some changes are made alone, or together with few others. */
  private static void checkCompany(List<String> changes) {
    for (String change : changes) {
      if (ALONE.containsKey(change) && changes.size() > 1) {
        throw EngineException.invalid(
            ALONE.get(change) + " must be the only operation in the request");
      }
    }
    if (changes.contains("OnDemandThroughput")
        && !Set.of("OnDemandThroughput", "BillingMode", "TableThroughputMode")
            .containsAll(changes)) {
      throw EngineException.invalid(
          "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    }
  }

  private static void checkStream(Request stream) {
    if (stream == null) {
      return;
    }
    boolean enabled = stream.flag("StreamEnabled");
    if (enabled && !stream.has("StreamViewType")) {
      throw EngineException.invalid("If stream is being enabled then UpdateViewType is required");
    }
    if (!enabled && stream.has("StreamViewType")) {
      throw EngineException.invalid(
          "If stream is being disabled, then UpdateViewType must not be specified");
    }
  }

  private static void checkIndexes(List<Request> updates) {
    Set<String> names = new HashSet<>();
    for (Request update : updates) {
      if (update.names().isEmpty()) {
        throw EngineException.invalid(
            "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
      if (update.names().size() > 1) {
        throw EngineException.invalid(
            "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
                + " object");
      }
      Request action = update.structure(update.names().iterator().next());
      if (!names.add(action.text("IndexName"))) {
        throw EngineException.invalid(
            "Only one global secondary index update per index is allowed simultaneously."
                + " Index: %s",
            action.text("IndexName"));
      }
    }
  }

  /** Whether a request makes or removes indexes; AWS has a limit of its own for that. */
  static boolean isOnline(Request request) {
    return request.has(INDEXES)
        && request.structures(INDEXES).stream().anyMatch(update -> !update.has("Update"));
  }

  /** Capacity, the stream, and indexes that are made or removed: one of these at a time. */
  private static void checkMixture(Request request) {
    boolean capacity = request.has("ProvisionedThroughput");
    boolean stream = request.has("StreamSpecification");
    boolean indexes = isOnline(request);
    if (capacity && stream) {
      throw EngineException.invalid("You cannot modify stream status while updating table IOPS");
    }
    if (capacity && indexes) {
      throw EngineException.invalid("You cannot create or delete index while updating table IOPS");
    }
    if (stream && indexes) {
      throw EngineException.invalid(
          "You cannot create or delete index while changing stream status");
    }
  }
}

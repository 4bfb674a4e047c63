package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Reply;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.shape.Shape;
import com.cruddur.ddb.engine.shape.TableNames;
import com.cruddur.ddb.engine.storage.Table;
import com.cruddur.ddb.engine.storage.TableDefinition;
import com.cruddur.ddb.engine.storage.Transaction;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What surrounds a table: time to live and tags; and what AWS says of the account. */
public final class SettingsOperations {
  private static final Shape NAMED = TableShapes.named();
  private static final Shape UPDATE_TTL = TableShapes.updateTimeToLive();
  private static final Shape TAG = TableShapes.tagResource();
  private static final Shape UNTAG = TableShapes.untagResource();
  private static final Shape LIST_TAGS = TableShapes.listTags();
  private static final Shape EMPTY = Shape.structure();

  private SettingsOperations() {}

  /** The operations by their names. */
  public static Map<String, Operation> all() {
    return Map.of(
        "UpdateTimeToLive", SettingsOperations::updateTimeToLive,
        "DescribeTimeToLive", SettingsOperations::describeTimeToLive,
        "TagResource", SettingsOperations::tag,
        "UntagResource", SettingsOperations::untag,
        "ListTagsOfResource", SettingsOperations::listTags,
        "DescribeLimits", SettingsOperations::describeLimits,
        "DescribeEndpoints", SettingsOperations::describeEndpoints);
  }

  private static Reply updateTimeToLive(JsonParser body, Context context) throws IOException {
    Request request = UPDATE_TTL.request(body);
    Request wanted = request.structure("TimeToLiveSpecification");
    String attribute = wanted.text("AttributeName");
    change(
        context,
        request.text("TableName"),
        definition -> {
          String active = definition.path("TimeToLive").textValue();
          if (active != null && !active.equals(attribute)) {
            throw EngineException.validation(
                "TimeToLive is active on a different AttributeName: current AttributeName is %s",
                active);
          }
          if (wanted.flag("Enabled") == (active != null)) {
            throw EngineException.validation(
                "TimeToLive is already %s", active == null ? "disabled" : "enabled");
          }
          if (wanted.flag("Enabled")) {
            definition.put("TimeToLive", attribute);
          } else {
            definition.remove("TimeToLive");
          }
        });
    return Reply.of(
        "TimeToLiveSpecification",
        Reply.of("Enabled", wanted.flag("Enabled")).with("AttributeName", attribute));
  }

  private static Reply describeTimeToLive(JsonParser body, Context context) throws IOException {
    Table table = TableOperations.table(NAMED.request(body), context);
    String attribute = table.definition().json().path("TimeToLive").textValue();
    return Reply.of(
        "TimeToLiveDescription",
        Reply.of("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED")
            .with("AttributeName", attribute));
  }

  private static Reply tag(JsonParser body, Context context) throws IOException {
    Request request = TAG.request(body);
    if (request.structures("Tags").isEmpty()) {
      throw EngineException.validation("Atleast one Tag needs to be provided as Input.");
    }
    Map<String, String> given = Tags.of(request.structures("Tags"));
    changeTags(context, request, tags -> tags.putAll(given));
    return Reply.empty();
  }

  private static Reply untag(JsonParser body, Context context) throws IOException {
    Request request = UNTAG.request(body);
    List<String> keys = request.texts("TagKeys");
    if (keys.isEmpty()) {
      throw EngineException.validation("Atleast one Tag Key needs to be provided as Input.");
    }
    Tags.checkKeys(keys);
    changeTags(context, request, tags -> tags.keySet().removeAll(keys));
    return Reply.empty();
  }

  private static void changeTags(
      Context context, Request request, Consumer<Map<String, String>> changing) {
    change(
        context,
        owner(context, request.text("ResourceArn"), "ResourceNotFoundException").name(),
        definition -> {
          Map<String, String> tags = Tags.of(definition);
          changing.accept(tags);
          Tags.set(definition, tags);
        });
  }

  private static Reply listTags(JsonParser body, Context context) throws IOException {
    Table owner =
        owner(context, LIST_TAGS.request(body).text("ResourceArn"), "AccessDeniedException");
    JsonNode definition = owner.definition().json();
    return Reply.of("Tags", definition.has("Tags") ? definition.get("Tags") : List.of());
  }

  /** The table that an ARN names. */
  private static Table owner(Context context, String arn, String unknown) {
    String fault = null;
    if (!arn.startsWith("arn:")) {
      fault = "ARNs must start with 'arn:': ";
    } else if (!arn.matches("arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\\d{12}:table/[^/]+(/.*)?")
        || arn.contains("/backup/")) {
      fault = "Provided Arn is not a DynamoDB resource arn: ";
    } else if (arn.indexOf('/') != arn.lastIndexOf('/')) {
      fault =
          "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ";
    }
    if (fault != null) {
      throw EngineException.invalid(fault + arn);
    }
    String name = arn.substring(arn.lastIndexOf('/') + 1);
    return context
        .database()
        .table(name)
        .filter(table -> table.arn().equals(arn))
        .orElseThrow(
            () ->
                new EngineException(
                    unknown,
                    unknown.equals("AccessDeniedException")
                        ? "User: arn:aws:iam::"
                            + Context.ACCOUNT
                            + ":user/local is not authorized to perform:"
                            + " dynamodb:ListTagsOfResource on resource: "
                            + arn
                        : "Requested resource not found: ResourceArn: " + arn + " not found"));
  }

  /** Changes a definition beside what {@link UpdateTable} changes. */
  static void change(Context context, String name, Consumer<ObjectNode> changing) {
    context
        .database()
        .<Void>write(
            (Transaction transaction) -> {
              Table table = transaction.table(TableNames.of(name));
              if (table == null) {
                throw TableOperations.notFound(name);
              }
              ObjectNode definition = table.definition().copy();
              changing.accept(definition);
              transaction.define(TableDefinition.of(definition));
              return null;
            });
  }

  private static Reply describeLimits(JsonParser body, Context context) throws IOException {
    EMPTY.request(body);
    return Reply.of("AccountMaxReadCapacityUnits", 80_000)
        .with("AccountMaxWriteCapacityUnits", 80_000)
        .with("TableMaxReadCapacityUnits", 40_000)
        .with("TableMaxWriteCapacityUnits", 40_000);
  }

  private static Reply describeEndpoints(JsonParser body, Context context) throws IOException {
    EMPTY.request(body);
    return Reply.of(
        "Endpoints",
        List.of(Reply.of("Address", context.host()).with("CachePeriodInMinutes", 1440)));
  }
}

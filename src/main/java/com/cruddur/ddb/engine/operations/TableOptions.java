package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A table's class, encryption, protection and limits on demand, and what AWS asks of them. */
final class TableOptions {
  private static final List<String> CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");

  private static final String LIMITS = "OnDemandThroughput";
  private static final String AWS_MANAGED = "alias/aws/dynamodb";

  private TableOptions() {}

  /** How capacity is paid for; the second name is one that AWS takes but does not document. */
  static String mode(Request request, String otherwise) {
    return request.text("BillingMode", request.text("TableThroughputMode", otherwise));
  }

  /**
   * Refuses limits on demand.
   *
   * @param index whose limits they are; null for the table's
   * @param clears whether -1 takes a limit away, as it does of what is there already
   */
  static void checkOnDemand(Request limits, String mode, String index, boolean clears) {
    for (String name : limits == null ? Set.<String>of() : limits.names()) {
      if (mode.equals("PROVISIONED")) {
        throw clears
            ? EngineException.invalid(
                "%s for OnDemandThroughput%s cannot be specified when the table BillingMode is"
                    + " PROVISIONED",
                name, index == null ? "" : " for index : " + index)
            : EngineException.invalid(
                "%s for OnDemandThroughput%s cannot be specified when table BillingMode is"
                    + " PROVISIONED.",
                name, index == null ? "" : " for index: " + index);
      }
      long limit = limits.integer(name);
      if (limit < 1 && !(clears && limit == -1)) {
        throw EngineException.invalid(
            "Requested %s for OnDemandThroughput for %s is outside of valid range",
            name, index == null ? "table" : "index : " + index);
      }
    }
  }

  /** What CreateTable and UpdateTable ask of the table's class and encryption alike. */
  static void check(Request request) {
    if (request.has("TableClass") && !CLASSES.contains(request.text("TableClass"))) {
      throw EngineException.validation(
          "Invalid table-class parameter provided. Please try again with a valid table-class"
              + " value: %s.",
          CLASSES);
    }
    Request encryption = request.structure("SSESpecification");
    if (encryption == null) {
      return;
    }
    for (String name : List.of("SSEType", "KMSMasterKeyId")) {
      if (encryption.has(name) && !encryption.flag("Enabled")) {
        throw EngineException.invalid(name + " can not be specified if Enabled is false");
      }
    }
    String type = encryption.text("SSEType");
    if ("AES256".equals(type)) {
      throw EngineException.invalid("SSEType AES256 is not supported");
    }
    if (encryption.has("KMSMasterKeyId") && type == null) {
      throw EngineException.invalid("SSEType KMS is required if KMSMasterKeyId is specified");
    }
  }

  /** What CreateTable and UpdateTable set alike. */
  static void set(ObjectNode table, Request request) {
    if (request.has("TableClass")) {
      table.putObject("TableClassSummary").put("TableClass", request.text("TableClass"));
    }
    setLimits(table, request);
    if (request.has("DeletionProtectionEnabled")) {
      table.put("DeletionProtectionEnabled", request.flag("DeletionProtectionEnabled"));
    }
    Request encryption = request.structure("SSESpecification");
    if (encryption != null && !encryption.flag("Enabled")) {
      table.remove("SSEDescription");
    } else if (encryption != null) {
      ObjectNode description = table.putObject("SSEDescription");
      description.put("Status", "ENABLED");
      description.put("SSEType", "KMS");
      description.put(
          "KMSMasterKeyArn",
          keyArn(
              encryption.text("KMSMasterKeyId", AWS_MANAGED),
              table.get("TableArn").textValue().split(":")[3]));
    }
  }

  /** The ARN of a key, which AWS tells also where the key was named by an alias. */
  private static String keyArn(String name, String region) {
    if (name.startsWith("arn:") && name.contains(":key/")) {
      return name;
    }
    String alias = name.substring(name.lastIndexOf(':') + 1);
    String key =
        alias.startsWith("alias/")
            ? UUID.nameUUIDFromBytes(alias.getBytes(StandardCharsets.UTF_8)).toString()
            : name;
    return "arn:aws:kms:" + region + ":" + Context.ACCOUNT + ":key/" + key;
  }

  /**
   * Sets the limits on demand of a table or an index that a request gives. The others stay; -1
   * takes one away.
   */
  static void setLimits(ObjectNode of, Request request) {
    Request limits = request.structure(LIMITS);
    if (limits == null) {
      return;
    }
    ObjectNode kept = of.has(LIMITS) ? (ObjectNode) of.get(LIMITS) : of.putObject(LIMITS);
    for (String name : limits.names()) {
      if (limits.integer(name) == -1) {
        kept.remove(name);
      } else {
        kept.put(name, limits.integer(name));
      }
    }
    if (kept.isEmpty()) {
      of.remove(LIMITS);
    }
  }
}

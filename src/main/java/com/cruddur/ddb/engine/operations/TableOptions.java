package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.shape.Request;
import java.util.List;
import java.util.Set;

/** What AWS asks of a table's class, encryption and limits on demand. */
final class TableOptions {
  private static final List<String> CLASSES = List.of("STANDARD", "STANDARD_INFREQUENT_ACCESS");

  private TableOptions() {}

  /** How capacity is paid for; the second name is one that AWS takes but does not document. */
  static String mode(Request request, String otherwise) {
    return request.text("BillingMode", request.text("TableThroughputMode", otherwise));
  }

  /**
   * Refuses limits on demand.
   *
   * @param clears whether -1 takes a limit away
   */
  static void checkOnDemand(Request limits, String mode, String of, boolean clears) {
    for (String name : limits == null ? Set.<String>of() : limits.names()) {
      if (mode.equals("PROVISIONED")) {
        throw EngineException.invalid(
            "%s for OnDemandThroughput%s cannot be specified when the table BillingMode is"
                + " PROVISIONED",
            name, of.equals("table") ? "" : " for " + of);
      }
      long limit = limits.integer(name);
      if (limit < 1 && !(clears && limit == -1)) {
        throw EngineException.invalid(
            "Requested %s for OnDemandThroughput for %s is outside of valid range", name, of);
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
}

package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.item.EngineException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why each action of a transaction did or did not let it pass, in the order of the actions. */
final class Cancellation {

  private final List<Map<String, Object>> reasons = new ArrayList<>();
  private final List<String> codes = new ArrayList<>();
  private boolean cancelled;

  /** Does something for the next action, and notes its refusal. */
  void next(Runnable work) {
    try {
      work.run();
      pass();
    } catch (EngineException refused) {
      cancelled = true;
      add(code(refused.type()), refused.getMessage(), refused.fields().get("Item"));
    }
  }

  /** Lets the next action pass. */
  void pass() {
    add("None", null, null);
  }

  /** Whether no action was refused so far. */
  boolean isEmpty() {
    return !cancelled;
  }

  private void add(String code, String message, Object item) {
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("Code", code);
    if (item != null) {
      reason.put("Item", item);
    }
    if (message != null) {
      reason.put("Message", message);
    }
    reasons.add(reason);
    codes.add(code);
  }

  private static String code(String type) {
    return switch (type) {
      case "ConditionalCheckFailedException" -> "ConditionalCheckFailed";
      case "DuplicateItemException" -> "DuplicateItem";
      case "ProvisionedThroughputExceededException" -> "ProvisionedThroughputExceeded";
      case "ResourceNotFoundException" -> "ResourceNotFound";
      default -> "ValidationError";
    };
  }

  /** Throws TransactionCanceledException if one action was refused. */
  void complain() {
    if (cancelled) {
      throw new EngineException(
              "TransactionCanceledException",
              "Transaction cancelled, please refer cancellation reasons for specific reasons [%s]",
              String.join(", ", codes))
          .with("CancellationReasons", reasons);
    }
  }
}

package com.cruddur.ddb.dynamo.check;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A finding, and what became of it.
 *
 * @param outcome null when nothing was to be repaired, else {@code repaired} or why it is not
 */
public record Checked(Finding finding, String outcome) {
  public static final String REPAIRED = "repaired";

  /** Whether it is still wrong. */
  public boolean open() {
    return !finding.note() && !REPAIRED.equals(outcome);
  }

  /** As it is shown, by column. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("severity", finding.note() ? "note" : "finding");
    fields.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    fields.put("message_group_uuid", finding.groupUuid());
    fields.put("user_uuid", finding.userUuid());
    fields.put("sk", finding.key());
    fields.put("detail", finding.detail());
    fields.put("action", finding.action());
    fields.put("outcome", outcome);
    return fields;
  }

  /** As in a table, whose detail names the key: it has no room for a column that would be cut. */
  public Map<String, Object> fieldsWithKey() {
    Map<String, Object> fields = fields();
    if (finding.isOfKey() && !finding.detail().contains(finding.key())) {
      fields.put("detail", finding.detail() + "; sk " + finding.key());
    }
    return fields;
  }
}

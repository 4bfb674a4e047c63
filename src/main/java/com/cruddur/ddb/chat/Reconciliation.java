package com.cruddur.ddb.chat;

import java.util.List;

/**
 * What one reconcile found and did.
 *
 * @param groupUuid the conversation
 * @param newest the newest message, null when the conversation has none
 * @param moved rows moved to the newest message, or given its text
 * @param created rows that were missing
 * @param deleted rows that were doubled
 * @param unchanged rows that stood right, or ahead
 * @param missing uuids of members whose row is missing and cannot be made, since nothing that is
 *     stored names the other participant
 */
public record Reconciliation(
    String groupUuid,
    Message newest,
    int moved,
    int created,
    int deleted,
    int unchanged,
    List<String> missing) {
  public Reconciliation {
    missing = List.copyOf(missing);
  }
}

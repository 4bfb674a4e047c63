package com.cruddur.ddb.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * What one reconcile found and did.
 *
 * @param groupUuid the conversation
 * @param newest the newest message, null when the conversation has none
 * @param moved rows moved to the newest message, or given its text
 * @param created rows that were missing
 * @param deleted rows that were doubled, or whose conversation has no message left
 * @param unchanged rows that stood right, or ahead
 * @param missing uuids of participants whose row is missing and cannot be made, since nothing that
 *     is stored names the other participant
 * @param unmoved rows that could not be written; the others were
 */
public record Reconciliation(
    String groupUuid,
    Message newest,
    int moved,
    int created,
    int deleted,
    int unchanged,
    List<String> missing,
    List<Unmoved> unmoved) {
  public Reconciliation {
    missing = List.copyOf(missing);
    unmoved = List.copyOf(unmoved);
  }

  /** A reconcile that could write every row it wanted to. */
  Reconciliation(
      String groupUuid,
      Message newest,
      int moved,
      int created,
      int deleted,
      int unchanged,
      List<String> missing) {
    this(groupUuid, newest, moved, created, deleted, unchanged, missing, List.of());
  }

  /**
   * A row that stays behind.
   *
   * @param userUuid whose row it is
   * @param cause a {@link BusyException}: worth another try; a {@link RowRefusedException}: not
   *     before somebody changes the row
   */
  public record Unmoved(String userUuid, ChatException cause) {
    public boolean refused() {
      return cause instanceof RowRefusedException;
    }
  }

  /** This and what was done after it, as one. */
  Reconciliation then(Reconciliation next) {
    List<Unmoved> left = new ArrayList<>(unmoved);
    left.addAll(next.unmoved);
    return new Reconciliation(
        groupUuid,
        next.newest,
        moved + next.moved,
        created + next.created,
        deleted + next.deleted,
        next.unchanged,
        next.missing,
        left.stream().distinct().toList());
  }

  /** How many rows were written. */
  public int rowsWritten() {
    return moved + created + deleted;
  }
}

package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.text.Count;

/** How many findings of a run there are, and the line that tells it. For one thread. */
public final class CheckTotals {
  private long open;
  private long notes;
  private long repaired;

  /** Counts a finding. */
  public void add(Checked checked) {
    open += checked.open() ? 1 : 0;
    notes += checked.finding().note() ? 1 : 0;
    repaired += Checked.REPAIRED.equals(checked.outcome()) ? 1 : 0;
  }

  /** How many findings are still open. */
  public long open() {
    return open;
  }

  /**
   * A sample: checked 400 messages and 12 rows of 6 conversations: 2 findings, 1 note.
   *
   * @param repaired the word for those that are repaired; null when nothing was to be
   * @param others whether items of others are counted here rather than told as findings
   */
  public String line(Summary summary, String repaired, boolean others) {
    return "checked "
        + Count.of(summary.messages(), "message")
        + " and "
        + Count.of(summary.rows(), "row")
        + " of "
        + Count.of(summary.conversations(), "conversation")
        + ": "
        + Count.of(open + this.repaired, "finding")
        + (repaired == null ? "" : " (" + this.repaired + " " + repaired + ")")
        + ", "
        + Count.of(notes, "note")
        + (others && summary.otherItems() > 0
            ? ", " + Count.of(summary.otherItems(), "item") + " of others"
            : "");
  }
}

package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.Chat;
import com.cruddur.ddb.chat.Reconciliation;
import com.cruddur.ddb.chat.RowsBehindException;
import com.cruddur.ddb.chat.SendBatch;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;

/**
 * The messages of consecutive lines of a script: the rows of their conversations are moved once for
 * all of them, a second after the first at the latest. Elsewhere each send moves its rows itself.
 */
public final class SendCoalescer {
  private static final long LONGEST_NANOS = Duration.ofSeconds(1).toNanos();

  private boolean together;
  private Notices notices;
  private SendBatch run;
  private long began;

  /** From now on rows may wait for {@link #end}. */
  public void begin() {
    together = true;
  }

  /**
   * A message that was sent.
   *
   * @param behind why its rows are not all at it; null when they are, or will be
   */
  public record Sent(SendBatch.Stored stored, RowsBehindException behind) {}

  /** Where what is said of rows goes, for the line that runs. */
  void to(Notices next) {
    notices = next;
  }

  /** Stores a message; its rows are moved now, or soon. See {@link SendBatch#send}. */
  public Sent send(Chat chat, String groupUuid, String from, String text, String messageUuid) {
    if (!together) {
      SendBatch alone = chat.sends();
      SendBatch.Stored stored = alone.send(groupUuid, from, text, messageUuid);
      return new Sent(stored, behind(() -> moveRows(alone)));
    }
    if (run == null) {
      run = chat.sends();
      began = System.nanoTime();
    }
    SendBatch.Stored stored = run.send(groupUuid, from, text, messageUuid);
    boolean due = System.nanoTime() - began > LONGEST_NANOS;
    return new Sent(stored, due ? behind(this::moveRows) : null);
  }

  private static RowsBehindException behind(Runnable moving) {
    try {
      moving.run();
      return null;
    } catch (RowsBehindException e) {
      return e;
    }
  }

  /** Moves the rows that have waited; see {@link SendBatch#end}. */
  public void end() {
    together = false;
    moveRows();
  }

  private void moveRows() {
    SendBatch waiting = run;
    run = null;
    if (waiting != null) {
      moveRows(waiting);
    }
  }

  private void moveRows(SendBatch sent) {
    for (Reconciliation rows : sent.end()) {
      for (String user : rows.missing()) {
        notices.warn("user " + user + " has no row of this conversation; see 'ddb check'");
      }
    }
  }
}

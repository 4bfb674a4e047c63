package com.cruddur.ddb.chat;

import java.util.function.Supplier;

/** A store whose process dies at one of its writes: before it took effect, or right after. */
public final class CrashingStore extends ForwardingStore {
  private final int fatal;
  private final boolean afterEffect;
  private int writes;

  /**
   * @param fatal the write that is the last one, counted from 1
   */
  public CrashingStore(ConversationStore store, int fatal, boolean afterEffect) {
    super(store);
    this.fatal = fatal;
    this.afterEffect = afterEffect;
  }

  /** The death of the process: no code of ours catches it. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Override
  <T> T write(Supplier<T> write) {
    writes++;
    if (writes == fatal && !afterEffect) {
      throw new Crash();
    }
    T result = write.get();
    if (writes == fatal) {
      throw new Crash();
    }
    return result;
  }
}

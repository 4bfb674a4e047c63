package com.cruddur.ddb.engine.storage;

import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;

/** A range of a {@link Run} in either direction, block by block, removed entries included. */
final class RunCursor implements RawCursor {
  private final Run run;
  private final boolean forward;
  private final byte[] end;
  private int number;
  private Block block;
  private int at;

  /** From a key (inclusive) to another (exclusive), null for no bound. */
  RunCursor(Run run, byte[] from, byte[] to, boolean forward) {
    this.run = run;
    this.forward = forward;
    end = forward ? to : from;
    byte[] start = forward ? from : to;
    int first = forward ? 0 : run.blocks() - 1;
    number = start == null ? first : forward ? Math.max(0, run.blockOf(from)) : run.blockOf(to);
    if (number >= 0 && number < run.blocks()) {
      block = run.block(number);
      int begin = start != null ? block.ceiling(start) : forward ? 0 : block.count();
      at = forward ? begin - 1 : begin;
    }
  }

  @Override
  public boolean next() {
    int step = forward ? 1 : -1;
    at += step;
    while (block != null && (at < 0 || at >= block.count())) {
      number += step;
      block = number >= 0 && number < run.blocks() ? run.block(number) : null;
      at = forward || block == null ? 0 : block.count() - 1;
    }
    if (block != null && end != null && block.compare(at, end) < 0 != forward) {
      block = null;
    }
    return block != null;
  }

  @Override
  public byte[] key() {
    return block.key(at);
  }

  @Override
  public byte[] value() {
    return block.value(at);
  }

  @Override
  public Item item() {
    return block.item(at);
  }

  @Override
  public boolean isRemoved() {
    return block.isRemoved(at);
  }
}

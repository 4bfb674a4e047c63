package com.cruddur.ddb.spark;

import com.cruddur.ddb.dynamo.check.JoinedConversation;
import com.cruddur.ddb.spark.ByConversation.Key;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import scala.Tuple2;

/**
 * Goes through a sorted partition conversation by conversation, so that one of them is in memory at
 * a time.
 */
final class ConversationIterator implements Iterator<Serializable> {
  private final Iterator<? extends Tuple2<Key, ? extends Serializable>> sorted;
  private final Steps steps;
  private final Queue<Serializable> ready = new ArrayDeque<>();
  private String uuid;
  private JoinedConversation conversation;

  /** What is done with a conversation. */
  interface Steps {
    /** Adds what was told of it, or hands it on. */
    void add(Key key, Serializable told, JoinedConversation conversation, Queue<Serializable> out);

    /** Hands on what there is to say, once all was added. */
    void end(String uuid, JoinedConversation conversation, Queue<Serializable> out);
  }

  ConversationIterator(
      Iterator<? extends Tuple2<Key, ? extends Serializable>> sorted, Steps steps) {
    this.sorted = sorted;
    this.steps = steps;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && sorted.hasNext()) {
      Tuple2<Key, ? extends Serializable> next = sorted.next();
      String group = next._1().conversation();
      if (!group.equals(uuid)) {
        end();
        uuid = group;
        conversation = new JoinedConversation(group);
      }
      steps.add(next._1(), next._2(), conversation, ready);
    }
    if (ready.isEmpty()) {
      end();
    }
    return !ready.isEmpty();
  }

  private void end() {
    if (conversation != null) {
      steps.end(uuid, conversation, ready);
      conversation = null;
      uuid = null;
    }
  }

  @Override
  public Serializable next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}

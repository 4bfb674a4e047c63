package com.cruddur.ddb.cli.context;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the output of a shell's lines named, for the completion of the next one. Thread-safe. */
public final class CompletionCache {
  /** Of each kind; the oldest are forgotten. */
  private static final int MOST = 1000;

  private final Set<String> handles = new LinkedHashSet<>();
  private final Set<String> conversations = new LinkedHashSet<>();
  private final Set<String> keys = new LinkedHashSet<>();

  public synchronized List<String> handles() {
    return List.copyOf(handles);
  }

  public synchronized List<String> conversations() {
    return List.copyOf(conversations);
  }

  public synchronized List<String> keys() {
    return List.copyOf(keys);
  }

  /** Notes what a document or a record names; a conversation of a list calls itself uuid. */
  void note(Map<String, ?> fields) {
    note(fields, fields.containsKey("other_user_uuid") ? "uuid" : "message_group_uuid");
  }

  private synchronized void note(Map<String, ?> fields, String conversation) {
    add(conversations, fields.get(conversation));
    add(handles, fields.get("handle"));
    add(handles, fields.get("other_user_handle"));
    if (fields.containsKey("cache")) {
      add(keys, fields.get("key"));
    }
  }

  private static void add(Collection<String> known, Object name) {
    if (name instanceof String text) {
      known.remove(text);
      known.add(text);
      if (known.size() > MOST) {
        known.remove(known.iterator().next());
      }
    }
  }
}

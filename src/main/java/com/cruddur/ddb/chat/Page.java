package com.cruddur.ddb.chat;

import java.util.List;

/**
 * Some of a list, newest first unless asked otherwise.
 *
 * @param items the entries of this page; may be empty though a next page exists
 * @param nextToken where the next page starts, opaque; null at the end
 */
public record Page<T>(List<T> items, String nextToken) {
  public Page {
    items = List.copyOf(items);
  }
}

package com.cruddur.ddb.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The folders and links that lead to a file. */
final class Way {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path file;
  private final Deque<Path> ahead = new ArrayDeque<>();
  private Path reached;
  private int links;
  private boolean exchangeable;

  private Way(Path file) {
    this.file = file;
    Path folder = file.toAbsolutePath().getParent();
    reached = folder.getRoot();
    push(folder);
  }

  /**
   * Goes the way, and tells whether others may exchange a part of it at any time.
   *
   * @throws ForeignFileException when a link on it is neither this user's nor root's
   */
  static boolean isExchangeable(Path file) throws IOException {
    Way way = new Way(file);
    way.go();
    return way.exchangeable;
  }

  private void push(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      ahead.push(path.getName(i));
    }
  }

  private void go() throws IOException {
    exchangeable = FileFacts.of(reached).letsOthersExchange();
    while (!ahead.isEmpty()) {
      Path name = ahead.pop();
      if (name.toString().equals("..")) {
        reached = reached.getParent() == null ? reached : reached.getParent();
      } else if (!name.toString().equals(".") && !name.toString().isEmpty()) {
        step(reached.resolve(name));
      }
    }
  }

  private void step(Path next) throws IOException {
    FileFacts facts = FileFacts.of(next);
    if (!facts.isLink()) {
      exchangeable |= facts.letsOthersExchange();
      reached = next;
      return;
    }
    if (!facts.isTrusted()) {
      throw new ForeignFileException(
          file, "the link " + next + " on the way to it belongs to user " + facts.uid());
    } else if (++links > MOST_LINKS) {
      throw new ForeignFileException(file, "too many links lead to it");
    }
    Path target = Files.readSymbolicLink(next);
    reached = target.isAbsolute() ? target.getRoot() : reached;
    push(target);
  }
}

package com.cruddur.ddb.cli.context;

import java.util.Set;

/**
 * A command, or a group of commands, as the catalogue knows it.
 *
 * @param name as it is typed, such as {@code scan} or {@code cache get}
 * @param type its class; picocli's annotations there are its own options and its help
 * @param traits what it needs, and so which options it has besides
 */
public record CommandEntry(String name, Class<?> type, Set<Trait> traits) {
  public static CommandEntry of(String name, Class<?> type, Trait... traits) {
    return new CommandEntry(name, type, Set.of(traits));
  }

  /** The group that it belongs to, such as {@code cache}; empty for none. */
  public String group() {
    return name.substring(0, Math.max(0, name.indexOf(' ')));
  }

  /** Its name within its group. */
  public String lastWord() {
    return name.substring(name.indexOf(' ') + 1);
  }
}

package com.cruddur.ddb.cli.cache;

import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Cached pages, instead of a key: of a conversation's messages or of a user's list. */
final class PagesOption {
  @Option(
      names = "--conversation",
      paramLabel = "C",
      description = "Instead of KEY: the cached pages of this conversation's messages.")
  private String conversation;

  @Option(
      names = "--user",
      paramLabel = "U",
      description = "Instead of KEY: those of this user's list; a uuid or a handle.")
  private String user;

  /** Whether pages are meant; exactly one of the three must be given. */
  boolean given(String key) {
    if (Stream.of(key, conversation, user).filter(given -> given != null).count() != 1) {
      throw CommandException.usage(
          "KEY, --conversation or --user: give one of them", "See 'ddb cache --help'.");
    }
    return key == null;
  }

  /** The conversation's uuid; null when a user is meant. */
  String conversation() {
    return conversation == null ? null : Uuids.require("the conversation", conversation);
  }

  /** The user's uuid. */
  String user(CommandContext context) {
    String name = UserDirectory.withoutAt(user);
    return Uuids.isUuid(name) ? name.toLowerCase(Locale.ROOT) : context.chat().userUuid(user);
  }
}

package com.cruddur.ddb.cli.conversation;

import static com.cruddur.ddb.cli.context.Trait.ASKS;
import static com.cruddur.ddb.cli.context.Trait.CACHE;
import static com.cruddur.ddb.cli.context.Trait.LISTS;
import static com.cruddur.ddb.cli.context.Trait.MAX_RCU;
import static com.cruddur.ddb.cli.context.Trait.MAX_WCU;
import static com.cruddur.ddb.cli.context.Trait.TABLE;
import static com.cruddur.ddb.cli.context.Trait.USERS;
import static com.cruddur.ddb.cli.context.Trait.WRITES;

import com.cruddur.ddb.cli.context.CommandEntry;
import java.util.List;

/** The commands of this package, in the order of the help. */
public final class ConversationCatalogue {
  /** The access patterns, and moderation. */
  public static final List<CommandEntry> CHAT =
      List.of(
          CommandEntry.of(
              "list-conversations", ListConversationsCommand.class, LISTS, TABLE, USERS),
          CommandEntry.of("get-conversation", GetConversationCommand.class, LISTS, TABLE),
          CommandEntry.of("send-message", SendMessageCommand.class, TABLE, CACHE, WRITES, USERS),
          CommandEntry.of(
              "start-conversation", StartConversationCommand.class, TABLE, CACHE, WRITES, USERS),
          CommandEntry.of("delete-message", DeleteMessageCommand.class, TABLE, CACHE, WRITES, ASKS),
          CommandEntry.of("redact-message", RedactMessageCommand.class, TABLE, CACHE, WRITES, ASKS),
          CommandEntry.of(
              "delete-conversation",
              DeleteConversationCommand.class,
              TABLE,
              CACHE,
              WRITES,
              ASKS,
              MAX_RCU,
              MAX_WCU));

  /** A conversation as it goes on. */
  public static final List<CommandEntry> TAIL =
      List.of(CommandEntry.of("tail", TailCommand.class, LISTS, TABLE, CACHE));

  private ConversationCatalogue() {}
}

package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.mask.ItemMask;
import com.cruddur.ddb.bulk.mask.MaskSecret;
import com.cruddur.ddb.chat.ConversationQuery;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.NotFoundException;
import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.chat.Spelling;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.dynamo.batch.ItemPages;
import com.cruddur.ddb.dynamo.batch.ItemTable;
import com.cruddur.ddb.dynamo.batch.ParallelScan;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** Which items of a table are read, and whether they are masked. */
final class SelectionOptions {
  /** In how many parts a whole table is read. */
  static final int SEGMENTS = ParallelScan.SEGMENTS;

  private static final int PAGE = 1_000;
  private static final String SECRET = "mask-secret";

  @Option(
      names = "--mask",
      description =
          "Put stand-ins for names, handles, uuids and texts: of the same length and script, the"
              + " same in every run with the same secret, which is kept in ddb/mask-secret below"
              + " XDG_STATE_HOME, else ~/.local/state.")
  private boolean mask;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Only this user's conversations, by uuid or handle; may be given again.")
  private List<String> users = List.of();

  boolean mask() {
    return mask;
  }

  /** Whether some conversations are meant: those of a command line, or users'. */
  boolean some(List<String> conversations) {
    return !conversations.isEmpty() || !users.isEmpty();
  }

  /** The conversations that are meant, each once; empty for the whole table. */
  List<String> groups(CommandContext context, List<String> conversations) {
    Set<String> groups = new LinkedHashSet<>();
    conversations.forEach(uuid -> groups.add(uuid.toLowerCase(Locale.ROOT)));
    for (String user : users) {
      groups.addAll(ofUser(user, context.plainStore(), context.users()));
    }
    return List.copyOf(groups);
  }

  /** The conversations of a user, by the user's rows. */
  private static Set<String> ofUser(
      String reference, ConversationStore store, UserDirectory directory) {
    String uuid =
        Uuids.isUuid(reference)
            ? reference.toLowerCase(Locale.ROOT)
            : directory
                .find(UserDirectory.withoutAt(reference))
                .orElseThrow(
                    () ->
                        new NotFoundException(
                            "user '" + reference + "' is unknown",
                            Spelling.question(reference, directory.handles())
                                + "Name a uuid, or a handle of the users file (--users)."))
                .uuid();
    Set<String> groups = new LinkedHashSet<>();
    String token = null;
    do {
      Page<ConversationRow> page =
          store.conversationsInAnyCase(new ConversationQuery(uuid, PAGE, token).consistently());
      page.items().forEach(row -> groups.add(row.groupUuid()));
      token = page.nextToken();
    } while (token != null);
    if (groups.isEmpty()) {
      throw new NotFoundException(
          "user " + reference + " has no conversations",
          "Conversations are found by the user's rows; 'ddb check' finds rows that are missing.");
    }
    return groups;
  }

  /**
   * The items, masked if that is asked for.
   *
   * @param groups the conversations; empty for the whole table
   */
  ItemPages pages(CommandContext context, List<String> groups) {
    ItemTable items = context.items();
    ItemPages pages = groups.isEmpty() ? items.pages() : items.pages(groups);
    return mask ? pages.each(mask(context)) : pages;
  }

  private static ItemMask mask(CommandContext context) {
    return new ItemMask(MaskSecret.in(secret(context)));
  }

  /** How a uuid is written in the copy. */
  UnaryOperator<String> names(CommandContext context) {
    return mask ? mask(context)::text : UnaryOperator.identity();
  }

  private static Path secret(CommandContext context) {
    return context.local().settings().stateDirectory().resolve(SECRET);
  }

  /** Before any table is asked: what was named is refused unless it is a uuid. */
  static void check(List<String> conversations) {
    conversations.forEach(uuid -> Uuids.require("the conversation", uuid));
  }
}

package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.SeedProgress;
import com.cruddur.ddb.bulk.seed.Seeder;
import com.cruddur.ddb.cache.PageInvalidation;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.Keys;
import com.cruddur.ddb.output.Progress;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Loads inputs into the session's table, telling how far it is; for seed and setup. */
final class Seeding {
  static final Columns ACCOUNT = Columns.of("kind", "read", "written", "unchanged", "rejected");

  private Seeding() {}

  /**
   * What is loaded.
   *
   * @param until when a transcript ends
   * @param records how many there are; -1 when nobody knows
   */
  record Source(List<SeedInput> inputs, Seeder.TranscriptEnd until, long records) {
    /** The sizes of files tell how far it is, if all are files. */
    private Progress.Goal goal() {
      boolean files = records < 0 && inputs.stream().allMatch(input -> size(input) > 0);
      return files
          ? new Progress.Goal(inputs.stream().mapToLong(Seeding::size).sum(), true)
          : new Progress.Goal(records, false);
    }
  }

  static SeedAccount load(
      CommandContext context,
      Source source,
      UserDirectory users,
      Consumer<Reject> rejects,
      Checkpoint checkpoint) {
    ConversationStore store = context.store();
    try (BulkProgress progress = new BulkProgress(context, "seed", source.goal())) {
      progress.resumedAfter(checkpoint.done());
      List<SeedInput> counted = new ArrayList<>();
      long from = 0;
      for (SeedInput input : source.inputs) {
        counted.add(progress.counted(input, from));
        from += size(input);
      }
      AtomicLong behind = new AtomicLong();
      SeedAccount account =
          new Seeder(
                  store,
                  context.items(),
                  new Reconciler(store),
                  users,
                  source.until,
                  listener(context, rejects, progress)
                      .withBehind(
                          row -> {
                            behind.incrementAndGet();
                            context.notices().warn(row);
                          }))
              .seed(counted, checkpoint);
      return account.withBehind(behind.get());
    }
  }

  static void account(CommandContext context, SeedAccount account) {
    context.list(
        ACCOUNT,
        printer -> account.kinds().forEach((kind, counts) -> printer.print(fields(kind, counts))));
  }

  /** Bytes of a file; 0 for what is none. */
  private static long size(SeedInput input) {
    return input.reopenable() ? new File(input.name()).length() : 0;
  }

  /** Cached pages that a bulk command makes stale are dropped. */
  static BulkListener listener(
      CommandContext context, Consumer<Reject> rejects, Consumer<SeedProgress> progress) {
    PageInvalidation drops = context.cache().drops().gathered();
    return new BulkListener(
        rejects,
        progress,
        pk -> {
          if (Keys.isMessage(pk)) {
            drops.dropConversation(Keys.uuid(pk));
          } else if (Keys.isConversationRow(pk)) {
            drops.dropUser(Keys.uuid(pk));
          }
        },
        context.notices()::warn);
  }

  private static Map<String, Object> fields(String kind, SeedAccount.Counts counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind);
    fields.put("read", counts.read());
    fields.put("written", counts.written());
    fields.put("unchanged", counts.unchanged());
    fields.put("rejected", counts.rejected());
    return fields;
  }
}

package com.cruddur.ddb.cli;

import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.SeedProgress;
import com.cruddur.ddb.bulk.Seeder;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.output.Notices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Loads inputs into the session's table, telling how far it is; for seed and setup. */
final class Seeding {
  static final View ACCOUNT = View.of("kind", "read", "written", "unchanged", "rejected");

  private static final Duration TOLD_EVERY = Duration.ofSeconds(5);

  private Seeding() {}

  static SeedAccount load(
      Session session,
      List<SeedInput> inputs,
      UserDirectory users,
      Instant until,
      Consumer<Reject> rejects) {
    ConversationStore store = session.store();
    return new Seeder(
            store,
            session.dynamoDb(),
            session.table(),
            session.reconciler(store),
            users,
            until,
            rejects,
            progress(session.notices(), session.invocation().clock()))
        .seed(inputs);
  }

  /** A line every five seconds. */
  private static Consumer<SeedProgress> progress(Notices notices, InstantSource clock) {
    return new Consumer<>() {
      private Instant told = clock.instant();

      @Override
      public void accept(SeedProgress progress) {
        Instant now = clock.instant();
        if (Duration.between(told, now).compareTo(TOLD_EVERY) >= 0) {
          told = now;
          // conversations.json: 12000 read, 11000 written, 1000 unchanged, 0 rejected
          notices.info(
              progress.file()
                  + ": "
                  + progress.read()
                  + " read, "
                  + progress.written()
                  + " written, "
                  + progress.unchanged()
                  + " unchanged, "
                  + progress.rejected()
                  + " rejected");
        }
      }
    };
  }

  static Map<String, Object> fields(String kind, SeedAccount.Counts counts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", kind);
    fields.put("read", counts.read());
    fields.put("written", counts.written());
    fields.put("unchanged", counts.unchanged());
    fields.put("rejected", counts.rejected());
    return fields;
  }
}

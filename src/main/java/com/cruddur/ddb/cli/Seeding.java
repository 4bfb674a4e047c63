package com.cruddur.ddb.cli;

import com.cruddur.ddb.bulk.BulkListener;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.bulk.SeedAccount;
import com.cruddur.ddb.bulk.SeedInput;
import com.cruddur.ddb.bulk.Seeder;
import com.cruddur.ddb.cache.PageDrops;
import com.cruddur.ddb.chat.ConversationStore;
import com.cruddur.ddb.chat.UserDirectory;
import com.cruddur.ddb.dynamo.Keys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Loads inputs into the session's table, telling how far it is; for seed and setup. */
final class Seeding {
  static final View ACCOUNT = View.of("kind", "read", "written", "unchanged", "rejected");

  private Seeding() {}

  static SeedAccount load(
      Session session,
      List<SeedInput> inputs,
      UserDirectory users,
      Instant until,
      Consumer<Reject> rejects) {
    session.goBulk();
    ConversationStore store = session.store();
    return new Seeder(
            store,
            session.dynamoDb(),
            session.table(),
            session.reconciler(store),
            users,
            until,
            listener(session, rejects))
        .seed(inputs);
  }

  /** Cached pages that a bulk command makes stale are dropped. */
  static BulkListener listener(Session session, Consumer<Reject> rejects) {
    PageDrops drops = session.drops();
    return new BulkListener(
        rejects,
        new BulkProgress(session.notices(), session.invocation().clock()),
        pk -> {
          if (Keys.isMessage(pk)) {
            drops.dropConversation(Keys.uuid(pk));
          } else if (Keys.isConversationRow(pk)) {
            drops.dropUser(Keys.uuid(pk));
          }
        });
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

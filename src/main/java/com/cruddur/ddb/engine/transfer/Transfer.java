package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.operations.Operation;
import com.cruddur.ddb.engine.storage.Database;
import com.cruddur.ddb.engine.stream.Streams;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Exports, imports and the continuous backups that exports ask for. */
public final class Transfer implements AutoCloseable {
  private final Jobs exports;
  private final Jobs imports;
  private final Map<String, Operation> operations = new HashMap<>();

  /**
   * @param buckets a folder for each bucket
   */
  public Transfer(Database database, Streams streams, InstantSource clock, Path buckets) {
    Buckets folders = new Buckets(buckets);
    exports = new Jobs(database, clock, "Export", left -> {});
    imports =
        new Jobs(
            database, clock, "Import", left -> ImportOperations.dropUnfinished(database, left));
    operations.putAll(ContinuousBackups.all());
    operations.putAll(new ExportOperations(exports, folders, database).all());
    operations.putAll(new ImportOperations(imports, folders, streams).all());
  }

  /** The operations by their names. */
  public Map<String, Operation> operations() {
    return Map.copyOf(operations);
  }

  /** Waits a moment for what runs. */
  @Override
  public void close() {
    exports.close();
    imports.close();
  }
}

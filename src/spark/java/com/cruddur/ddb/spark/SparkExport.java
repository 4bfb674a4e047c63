package com.cruddur.ddb.spark;

import com.cruddur.ddb.spark.ExportFile.Account;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** The data files of an export in a Spark application, and what became of them. */
final class SparkExport {
  private static final int MOST_PARTITIONS = 2_000;

  private final JavaSparkContext spark;
  private final List<ExportFile> files;
  private final Broadcast<SerializableConfiguration> configuration;
  private final CollectionAccumulator<Account> accounts;

  SparkExport(JavaSparkContext spark, List<ExportFile> files) {
    this.spark = spark;
    this.files = files;
    this.configuration =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    this.accounts = spark.sc().collectionAccumulator("files");
  }

  /** As many as there are files, so that a file is a task. */
  JavaRDD<ExportFile> files() {
    return spark.parallelize(files, Math.max(1, Math.min(files.size(), MOST_PARTITIONS)));
  }

  /** How many partitions a shuffle makes. */
  int partitions() {
    return Math.max(spark.defaultParallelism(), Math.min(files.size(), MOST_PARTITIONS));
  }

  Broadcast<SerializableConfiguration> configuration() {
    return configuration;
  }

  /** Where tasks put the accounts of their files. */
  CollectionAccumulator<Account> accumulator() {
    return accounts;
  }

  <T> Broadcast<T> broadcast(T value) {
    return spark.broadcast(value);
  }

  /** The account of each file that was read, in the order of reading; once if it was read again. */
  Collection<Account> accounts() {
    TreeMap<Integer, Account> each = new TreeMap<>();
    accounts.value().forEach(account -> each.put(account.number(), account));
    return each.values();
  }
}

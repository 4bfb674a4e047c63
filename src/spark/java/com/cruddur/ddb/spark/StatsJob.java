package com.cruddur.ddb.spark;

import com.cruddur.ddb.chat.TimeRange;
import com.cruddur.ddb.dynamo.check.Stats;
import com.cruddur.ddb.dynamo.check.Stats.Share;
import com.cruddur.ddb.dynamo.check.Stats.Totals;
import com.cruddur.ddb.spark.ExportFile.Account;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Counts an export: each data file by itself, then what is of one name. Senders and partitions are
 * exact, however many there are.
 */
final class StatsJob {
  private final SparkExport export;

  StatsJob(SparkExport export) {
    this.export = export;
  }

  private static final String TOTAL = "total";
  private static final String DAY = "day";
  private static final String SENDER = "sender";
  private static final String PARTITION = "partition";

  /** What is counted under a name; texts, whose hash is the same in every process. */
  private record Name(String kind, String name) implements Serializable {}

  /**
   * A count.
   *
   * @param file that the label is of: the last one wins
   * @param totals null but for {@link #TOTAL}
   */
  private record Amount(long items, long bytes, String label, int file, Totals totals)
      implements Serializable {

    Amount plus(Amount other) {
      Amount last = file > other.file ? this : other;
      return new Amount(
          items + other.items,
          bytes + other.bytes,
          last.label,
          last.file,
          totals == null ? null : totals.plus(other.totals));
    }

    Share share(String name) {
      return new Share(name, label, items, bytes);
    }
  }

  /** Most items first, then by name. */
  private static final class MostFirst implements Comparator<Share>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Share one, Share other) {
      return Share.MOST_FIRST.compare(one, other);
    }
  }

  private static Share share(Tuple2<Name, Amount> counted) {
    return counted._2().share(counted._1().name());
  }

  /**
   * Counts the items of a time range.
   *
   * @param top how many senders and partitions there will be
   */
  Stats run(TimeRange range, int top) {
    JavaPairRDD<Name, Amount> amounts = read(range).reduceByKey(Amount::plus, export.partitions());
    List<Share> days = new ArrayList<>();
    Totals totals = new Totals(0, 0, 0, 0, 0, 0, 0);
    for (Tuple2<Name, Amount> counted :
        amounts.filter(c -> c._1().kind.equals(DAY) || c._1().kind.equals(TOTAL)).collect()) {
      if (counted._1().kind.equals(TOTAL)) {
        totals = counted._2().totals();
      } else {
        days.add(share(counted));
      }
    }
    days.sort(Comparator.comparing(Share::name));
    return Stats.of(totals, days, top(amounts, SENDER, top), top(amounts, PARTITION, top));
  }

  private static List<Share> top(JavaPairRDD<Name, Amount> amounts, String kind, int top) {
    return amounts
        .filter(counted -> counted._1().kind.equals(kind))
        .map(StatsJob::share)
        .takeOrdered(top, new MostFirst());
  }

  private JavaPairRDD<Name, Amount> read(TimeRange range) {
    Broadcast<SerializableConfiguration> configuration = export.configuration();
    CollectionAccumulator<Account> accounts = export.accumulator();
    Instant from = range.from();
    Instant to = range.to();
    return export
        .files()
        .flatMapToPair(
            file -> {
              Stats stats = Stats.exact(from, to);
              accounts.add(file.read(configuration.value().value(), stats::add));
              List<Tuple2<Name, Amount>> amounts = new ArrayList<>();
              amounts.add(
                  new Tuple2<>(new Name(TOTAL, ""), new Amount(0, 0, "", 0, stats.totals())));
              add(amounts, DAY, stats.days(), file);
              add(amounts, SENDER, stats.senders(Integer.MAX_VALUE), file);
              add(amounts, PARTITION, stats.partitions(Integer.MAX_VALUE), file);
              return amounts.iterator();
            });
  }

  private static void add(
      List<Tuple2<Name, Amount>> amounts, String kind, List<Share> shares, ExportFile file) {
    for (Share share : shares) {
      amounts.add(
          new Tuple2<>(
              new Name(kind, share.name()),
              new Amount(share.items(), share.bytes(), share.label(), file.number(), null)));
    }
  }
}

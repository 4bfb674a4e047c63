package com.cruddur.ddb.dynamo.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What requests consume, in capacity units: sums and products of numbers and of what the data
 * decide. ExplainedCostTest holds each against what the requests then consume.
 *
 * @param rcu such as {@code 0.5 + found}
 * @param wcu such as {@code 1 + 8 * rows}
 * @param where what the names in them stand for
 */
public record Cost(String rcu, String wcu, Map<String, String> where) {
  public static final Cost FREE = new Cost("0", "0", Map.of());

  static final String READ_NAME = "read";

  /** The unit of all reads. */
  private static final String READ = "4 KB of what is read, rounded up for each page";

  /** Each row is put and deleted, in the table and in the index, in a transaction: twice 2 + 2. */
  static final String MOVED = "8 * moved";

  /** A put or an update of a row of at most 1 KB, in the table and in the index. */
  static final String CHANGED = "2 * rows";

  public static Cost of(String rcu, String wcu) {
    return new Cost(rcu, wcu, Map.of());
  }

  /** Of pages: 0.5 RCU for 4 KB, twice that when they are strongly consistent. */
  public static Cost ofPages(boolean consistent) {
    return of((consistent ? "" : "0.5 * ") + READ_NAME, "0").where(READ_NAME, READ);
  }

  /** With further reads, which a name stands for. */
  public Cost plus(String name, String meaning) {
    return new Cost(name + " + " + rcu, wcu, where).where(name, meaning);
  }

  public Cost where(String name, String meaning) {
    Map<String, String> more = new LinkedHashMap<>(where);
    more.put(name, meaning);
    return new Cost(rcu, wcu, more);
  }

  /** The rows that are moved to another key. */
  Cost whereMoved() {
    return where("moved", "conversation rows that are behind, to 1 KB; as a rule two");
  }

  /** The lists of those who take part. */
  Cost whereLists() {
    return where("lists", "4 KB of each participant's conversation list, together");
  }

  /** Adds it to an explanation. */
  void addTo(Map<String, Object> explanation) {
    explanation.put("cost", rcu + " RCU, " + wcu + " WCU");
    if (!where.isEmpty()) {
      explanation.put("where", where);
    }
  }
}

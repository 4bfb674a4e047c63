package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.text.Count;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code --show-capacity} prints. */
public final class CapacityLine {
  private CapacityLine() {}

  // capacity: 2.5 RCU (index message-group-sk-index 0.5, table 2), 12 WCU (table 12), 5 requests
  public static String of(CapacityMeter.Usage usage) {
    return "capacity: "
        + units(usage.readTotal(), "RCU", usage.read())
        + ", "
        + units(usage.writtenTotal(), "WCU", usage.written())
        + ", "
        + Count.of(usage.requests(), "request");
  }

  private static String units(double total, String unit, Map<String, Double> places) {
    String parts =
        places.entrySet().stream()
            .map(place -> place.getKey() + " " + number(place.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
    return number(total) + " " + unit + (places.isEmpty() ? "" : parts);
  }

  private static String number(double units) {
    return units == Math.rint(units)
        ? String.valueOf((long) units)
        : String.valueOf(Math.round(units * 10) / 10.0);
  }
}

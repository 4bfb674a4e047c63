package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.bulk.ExportFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words that an option's value is one of, for completion; picocli wants a class for each. */
public final class Candidates {
  private Candidates() {}

  public static final class BillingModes extends ArrayList<String> {
    BillingModes() {
      super(List.of("on-demand", "provisioned"));
    }
  }

  public static final class ExportFormats extends ArrayList<String> {
    ExportFormats() {
      super(Arrays.stream(ExportFormat.values()).map(ExportFormat::toString).toList());
    }
  }

  public static final class StreamPlaces extends ArrayList<String> {
    StreamPlaces() {
      super(List.of("trim-horizon", "latest"));
    }
  }
}

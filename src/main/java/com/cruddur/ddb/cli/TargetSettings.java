package com.cruddur.ddb.cli;

import com.cruddur.ddb.dynamo.Target;
import java.util.List;

/** The target of a command, and each setting that led to it with its source. */
record TargetSettings(Target target, List<Setting> all) {
  static final String ENDPOINT = "endpoint";
  static final String PROFILE = "profile";
  static final String REGION = "region";
  static final String CREDENTIALS = "credentials";
  static final String TABLE = "table";

  /** The setting of a name; every target has all but a profile. */
  Setting of(String name) {
    return all.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}

package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.Target;
import java.util.List;

/** The target of a command, and each setting that led to it with its source. */
public record TargetSettings(Target target, List<Setting> all) {
  public static final String ENDPOINT = "endpoint";
  public static final String PROFILE = "profile";
  public static final String REGION = "region";
  public static final String CREDENTIALS = "credentials";
  public static final String TABLE = "table";

  /** The setting of a name; every target has all but a profile. */
  public Setting of(String name) {
    return all.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Whether a profile named it: naming the profile again is enough. */
  boolean isOfProfile(String name) {
    return of(name).source().startsWith("profile ");
  }

  /** Whether nobody named it. */
  boolean isDefault(String name) {
    return of(name).source().startsWith("default");
  }
}

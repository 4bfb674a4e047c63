package com.cruddur.ddb.aws;

import com.cruddur.ddb.DdbRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * A set-up of credentials that cannot work, and what ddb says of it.
 *
 * @param name what is wrong, as docs/production.md names it
 * @param profile what stands in the configuration file; the profile in use is {@code ops}
 * @param environment what else is set up
 * @param said the error line after {@code ddb: }; FOLDER stands for the home folder
 * @param cure a part of the hint
 */
record BrokenSetup(
    String name,
    String profile,
    BiFunction<DdbRunner, Place, DdbRunner> environment,
    String said,
    String cure) {
  static final String ROLE = "arn:aws:iam::123456789012:role/ops";
  static final String START = "https://example.awsapps.com/start";

  /** Where it takes place. */
  record Place(AwsStandIn aws, Path home) {
    Path write(String name, String text) {
      try {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The login that aws leaves; the names of the files are hashes of START and of corp. */
    void login(String fields) {
      write(".aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json", fields);
      write(".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json", fields);
    }
  }

  static BrokenSetup of(String name, String profile, String said, String cure) {
    return of(name, profile, (ddb, place) -> ddb, said, cure);
  }

  static BrokenSetup of(
      String name,
      String profile,
      BiFunction<DdbRunner, Place, DdbRunner> environment,
      String said,
      String cure) {
    return new BrokenSetup(name, profile, environment, said, cure);
  }

  static String sso(String session) {
    String place =
        session == null
            ? "sso_start_url = " + START + "\nsso_region = eu-west-1\n"
            : "sso_session = " + session + "\n";
    return "[profile ops]\n" + place + "sso_account_id = 123456789012\nsso_role_name = ops\n";
  }

  static String expiry(long seconds) {
    return Instant.now().plusSeconds(seconds).toString();
  }

  /** In seconds: short only for what never ends. */
  String timeout() {
    return said.contains("within 2.0 s") ? "2" : "60";
  }

  @Override
  public String toString() {
    return name;
  }
}

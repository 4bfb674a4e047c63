package com.cruddur.ddb.aws;

import java.util.Locale;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * What AWS_MAX_ATTEMPTS and AWS_RETRY_MODE say, or the profile's max_attempts and retry_mode.
 *
 * @param attempts how often a request is tried, the first try included; 0 where nothing is said
 * @param adaptive whether the client slows down when it is throttled
 */
public record RetrySettings(int attempts, boolean adaptive) {
  /** Nothing is said. */
  public static final RetrySettings NONE = new RetrySettings(0, false);

  static RetrySettings of(AwsEnvironment environment, Profiles profiles) {
    String attempts = environment.value("AWS_MAX_ATTEMPTS");
    String source = attempts == null ? "max_attempts" : "AWS_MAX_ATTEMPTS";
    if (attempts == null) {
      attempts = profiles.property(ProfileProperty.MAX_ATTEMPTS);
    }
    String mode = environment.value("AWS_RETRY_MODE");
    String modeSource = mode == null ? "retry_mode" : "AWS_RETRY_MODE";
    if (mode == null) {
      mode = profiles.property(ProfileProperty.RETRY_MODE);
    }
    return new RetrySettings(
        attempts == null ? 0 : number(source, attempts), isAdaptive(modeSource, mode));
  }

  private static int number(String source, String text) {
    if (!text.matches("0*[1-9]\\d{0,5}")) {
      throw AwsSetupException.setting(
          source + " is '" + text + "', not a number from 1", "Set it to one such as 4.", null);
    }
    return Integer.parseInt(text);
  }

  private static boolean isAdaptive(String source, String text) {
    return switch (text == null ? "standard" : text.toLowerCase(Locale.ROOT)) {
      case "adaptive" -> true;
      case "standard", "legacy" -> false;
      default ->
          throw AwsSetupException.setting(
              source + " is '" + text + "', not a retry mode",
              "Set it to standard, adaptive or legacy.",
              null);
    };
  }
}

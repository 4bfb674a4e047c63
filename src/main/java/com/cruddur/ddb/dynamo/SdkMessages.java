package com.cruddur.ddb.dynamo;

import com.cruddur.ddb.aws.HostNames;
import com.cruddur.ddb.aws.NetworkFailure;
import java.util.regex.Pattern;

/** What an exception of the SDK says to a person: one line, without the SDK's own accounts. */
public final class SdkMessages {
  /** Such as {@code (Service: DynamoDb, Status Code: 400, …) (SDK Attempt Count: 4)}. */
  private static final Pattern ACCOUNTS =
      Pattern.compile(" *\\((Service: [^()]*|SDK Attempt Count: \\d+)\\)");

  private SdkMessages() {}

  /**
   * A failure of the network by its name, else the first line of an exception's message; its type
   * where it has none.
   */
  public static String of(Throwable e) {
    NetworkFailure network = NetworkFailure.of(e);
    if (network != null) {
      return e instanceof HostNames.UnansweredException u
          ? u.host() + ": " + network.what()
          : network.what();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : of(e.getMessage());
  }

  /** The first line of a message. */
  public static String of(String message) {
    return ACCOUNTS.matcher(message.lines().findFirst().orElse("")).replaceAll("");
  }
}

package com.cruddur.ddb.doctor;

import com.cruddur.ddb.dynamo.ServerDate;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Whether DynamoDB answers, takes the credentials, and has the same time. */
public final class EndpointCheck {
  private static final int CONNECT_MILLIS = 2_000;

  /** AWS refuses signatures that are five minutes off. */
  private static final Duration MOST_SKEW = Duration.ofMinutes(4);

  private static final Duration NOTABLE_SKEW = Duration.ofSeconds(30);
  private static final Set<String> OF_CREDENTIALS =
      Set.of("not_allowed", "no_credentials", "no_region", "expired_credentials");

  private final Target target;
  private final TableAdmin tables;
  private final ServerDate date;
  private final Function<Throwable, ErrorSummary> explain;

  /** A check of a target by a client that the date listens to. */
  public EndpointCheck(
      Target target,
      TableAdmin tables,
      ServerDate date,
      Function<Throwable, ErrorSummary> explain) {
    this.target = target;
    this.tables = tables;
    this.date = date;
    this.explain = explain;
  }

  /** Returns whether there is a DynamoDB to ask more of. */
  public boolean run(Consumer<Diagnosis> out) {
    boolean usable = ask(out);
    date.ahead().ifPresent(ahead -> out.accept(clock(ahead)));
    return usable;
  }

  /** Whether something takes a connection at the target's url, if it has one; before any client. */
  public static boolean connects(Target target, Consumer<Diagnosis> out) {
    URI endpoint = target.endpoint();
    if (endpoint == null) {
      return true;
    }
    int port =
        endpoint.getPort() >= 0
            ? endpoint.getPort()
            : endpoint.getScheme().equals("https") ? 443 : 80;
    String trouble;
    try (Socket socket = new Socket()) {
      InetAddress host = InetAddress.getByName(endpoint.getHost());
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return true;
    } catch (UnknownHostException e) {
      trouble = "no host of this name is known";
    } catch (IOException e) {
      trouble = "nothing answers";
    }
    out.accept(
        Diagnosis.problem(
            "endpoint",
            target.shownEndpoint() + ": " + trouble,
            "no command on the table works",
            target.kind() == Target.Kind.LOCAL
                ? "'ddb local start'"
                : "start it, or correct --endpoint-url, AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL"));
    return false;
  }

  private boolean ask(Consumer<Diagnosis> out) {
    long start = System.nanoTime();
    try {
      var unused = tables.tables().findFirst();
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      out.accept(Diagnosis.ok("endpoint", target.describe() + " answers, in " + millis + " ms"));
      out.accept(Diagnosis.ok("credentials", "taken" + keyId()));
      return true;
    } catch (RuntimeException e) {
      ErrorSummary trouble = explain.apply(e);
      boolean answered =
          !Set.of("unreachable", "no_credentials", "no_region", "client").contains(trouble.code());
      if (OF_CREDENTIALS.contains(trouble.code())) {
        if (answered) {
          out.accept(Diagnosis.ok("endpoint", target.describe() + " answers"));
        }
        // Listing may be forbidden where the table itself is allowed.
        boolean listing = answered && trouble.message().contains("ListTables");
        out.accept(
            listing
                ? Diagnosis.note(
                    "credentials",
                    "taken" + keyId() + ", without the right to list tables",
                    "'ddb list-tables' does not work; no other command needs it",
                    "'ddb policy list-tables' prints what it needs")
                : trouble.problem("credentials", "no command on the table works"));
        return listing;
      }
      out.accept(trouble.problem("endpoint", "no command on the table works"));
      return trouble.code().equals("throttled");
    }
  }

  private String keyId() {
    return ", key id " + tables.accessKeyId();
  }

  private static Diagnosis clock(Duration ahead) {
    long seconds = ahead.toSeconds();
    String found =
        Math.abs(seconds) <= 1
            ? "as the server's"
            : Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind") + " the server's";
    if (ahead.abs().compareTo(NOTABLE_SKEW) < 0) {
      return Diagnosis.ok("clock", found);
    }
    String why = "messages are stored at this clock's time, and so sort wrongly among others";
    return ahead.abs().compareTo(MOST_SKEW) < 0
        ? Diagnosis.note("clock", found, why, "timedatectl set-ntp true")
        : Diagnosis.problem(
            "clock",
            found,
            why + "; AWS refuses signatures that are 5 minutes off",
            "timedatectl set-ntp true");
  }
}

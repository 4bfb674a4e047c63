package com.cruddur.ddb.cache;

import com.cruddur.ddb.aws.NetworkFailure;
import com.cruddur.ddb.cache.CacheException.Kind;
import io.grpc.Status;
import java.util.concurrent.TimeoutException;
import momento.sdk.exceptions.SdkException;

/** The one mapping of what the SDK throws and answers to {@link CacheException}. */
final class CacheErrors {
  private static final String UNKNOWN_HOST = "Unable to resolve host ";

  private final CacheSettings settings;

  CacheErrors(CacheSettings settings) {
    this.settings = settings;
  }

  /** What a failure means; cache is the one that was named, null for none. */
  CacheException of(Throwable failure, String cache) {
    if (failure instanceof CacheException known) {
      return known;
    }
    if (failure instanceof TimeoutException) {
      return unreachable("no answer in time", null);
    }
    if (failure instanceof InterruptedException) {
      return unreachable("interrupted", null);
    }
    if (failure instanceof SdkException error) {
      return ofService(error, cache);
    }
    return error(Kind.FAILED, "unexpected " + failure.getClass().getSimpleName(), null, failure);
  }

  private CacheException ofService(SdkException e, String cache) {
    String said = reason(e);
    if (said.contains("channel closed")) {
      // A connection that ends just then; gRPC has no better name for it than UNKNOWN.
      return unreachable("nothing answers", e);
    }
    return switch (e.getErrorCode()) {
      case AUTHENTICATION_ERROR ->
          error(
              Kind.NOT_ALLOWED,
              "the key is refused",
              "It may have expired or been revoked, or belong to another endpoint.",
              e);
      case PERMISSION_ERROR ->
          error(Kind.NOT_ALLOWED, "the key does not allow this", "Use a key of a wider role.", e);
      case NOT_FOUND_ERROR ->
          error(
              Kind.NO_CACHE,
              "cache " + cache + " does not exist",
              "Make it with 'ddb cache create"
                  + argument(cache)
                  + "'; 'ddb cache list' shows what is there.",
              e);
      case SERVER_UNAVAILABLE, CONNECTION, CANCELLED_ERROR -> unanswered(e);
      case TIMEOUT_ERROR -> unreachable("no answer in time", e);
      case LIMIT_EXCEEDED_ERROR, CLIENT_RESOURCE_EXHAUSTED ->
          error(
              Kind.LIMIT,
              "over a limit: " + said,
              "An item has 5 MB at most; an account's other limits are in Momento's console.",
              e);
      case INVALID_ARGUMENT_ERROR -> refused(Kind.INVALID, said, e);
      case BAD_REQUEST_ERROR -> ofItem(said, e);
      default ->
          isOfNetwork(e)
              ? unanswered(e)
              : error(
                  Kind.FAILED, "failed: " + said, "Try again; -v shows all that was answered.", e);
    };
  }

  /** Whether an answer is an error that another try may be without. */
  static boolean mayPass(Object answer) {
    return answer instanceof SdkException e
        && switch (status(e)) {
          case UNAVAILABLE, INTERNAL -> true;
          default -> false;
        };
  }

  /** Whether the network is behind an error for which the SDK has no name. */
  private static boolean isOfNetwork(SdkException e) {
    return Status.fromThrowable(e).getCode() == Status.Code.UNAVAILABLE
        || NetworkFailure.of(e) != null;
  }

  /** What was asked for fits no item, or not the one that is there. */
  private CacheException ofItem(String said, SdkException e) {
    return switch (status(e)) {
      case FAILED_PRECONDITION, OUT_OF_RANGE ->
          error(
              Kind.FAILED,
              "refused: " + said,
              "'ddb cache get KEY' shows the item, 'ddb cache evict KEY' removes it; only a whole"
                  + " number can be incremented.",
              e);
      default -> refused(Kind.INVALID, said, e);
    };
  }

  private CacheException refused(Kind kind, String said, SdkException e) {
    return error(kind, "refused: " + said, "The command's --help says what it takes.", e);
  }

  private static Status.Code status(SdkException e) {
    return e.getTransportErrorDetails()
        .map(d -> d.getGrpcErrorDetails().getStatusCode())
        .orElse(Status.Code.UNKNOWN);
  }

  /** A cache's name as an argument; one that a shell would split is left to the reader. */
  private static String argument(String cache) {
    return cache != null && cache.matches("[\\w.-]+") ? " " + cache : "";
  }

  /** What the network says, for the host that the pages are on. */
  private CacheException unanswered(SdkException e) {
    if (settings.isLocal()) {
      return unreachable("nothing answers", e);
    }
    String host = MomentoKey.parse(settings.key(), settings.endpoint()).cacheHost();
    NetworkFailure network = NetworkFailure.of(e, MomentoNetwork.proxy(host));
    if (network == null) {
      // The client of tokens keeps no cause, only gRPC's words.
      String said = reason(e);
      int unknown = said.indexOf(UNKNOWN_HOST);
      return unreachable(
          unknown >= 0
              ? "the host " + said.substring(unknown + UNKNOWN_HOST.length()) + " is not known"
              : host + ": nothing answers",
          e);
    }
    String what = host + ": " + network.what();
    return network.hint() == null
        ? unreachable(what, e)
        : error(Kind.UNREACHABLE, what, network.hint(), e);
  }

  private CacheException unreachable(String what, Throwable cause) {
    return error(
        Kind.UNREACHABLE,
        what,
        settings.isLocal()
            ? "See 'ddb local status'; 'ddb local start' starts the stack."
            : "Check the network, and the endpoint that belongs to the key.",
        cause);
  }

  private CacheException error(Kind kind, String what, String hint, Throwable cause) {
    String message = settings.describe() + ": " + what;
    return new CacheException(kind, withoutKey(message), hint, tellable(cause));
  }

  /** The server's own words stand in the transport's details only. */
  private String reason(SdkException e) {
    String details =
        e.getTransportErrorDetails()
            .map(d -> d.getGrpcErrorDetails().getDetails())
            .filter(d -> d != null && !d.isBlank())
            .orElse(String.valueOf(e.getMessage()));
    // gRPC puts the name of its status before them.
    return details.lines().findFirst().orElse("").replaceFirst("^[A-Z_]+: ", "");
  }

  private Throwable tellable(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause() == t ? null : t.getCause()) {
      String text = String.valueOf(t);
      if (!withoutKey(text).equals(text)) {
        return null;
      }
    }
    return cause;
  }

  private String withoutKey(String text) {
    if (settings.isLocal()) {
      return text;
    }
    String clean = text.replace(settings.key(), "…");
    try {
      String sent = MomentoKey.parse(settings.key(), settings.endpoint()).apiKey();
      return clean.replace(sent, "…");
    } catch (CacheException e) {
      return clean;
    }
  }
}

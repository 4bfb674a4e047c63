package com.cruddur.ddb.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.aws.AwsStandIn.Reply;
import com.cruddur.ddb.aws.AwsStandIn.Request;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays the SSO portal and its OIDC: keys of roles for a token, a new token for a refresh token.
 */
public final class SsoStandIn {
  /** A token that the portal takes, and the one that a refresh gives. */
  public static final String TOKEN = "sso-token";

  public static final String REFRESH = "sso-refresh";
  private static final Duration LIFE = Duration.ofHours(1);
  private final Set<String> roles = ConcurrentHashMap.newKeySet();
  private volatile boolean refreshes = true;

  /** From now on the user has this role, such as {@code 123456789012/ops}. */
  public void assign(String accountAndRole) {
    roles.add(accountAndRole);
  }

  /** From now on no refresh token is taken. */
  public void endSession() {
    refreshes = false;
  }

  Reply reply(Request request) {
    if (request.call().service().equals("oidc")) {
      return refreshes && request.text().contains(REFRESH)
          ? Reply.json(
              200,
              """
              {"accessToken":"%s","expiresIn":3600,"refreshToken":"%s","tokenType":"Bearer"}
              """
                  .formatted(TOKEN, REFRESH))
          : Reply.json(
              400,
              "{\"__type\":\"InvalidGrantException\",\"error\":\"invalid_grant\","
                  + "\"error_description\":\"Invalid refresh token\"}");
    }
    if (!TOKEN.equals(request.header("x-amz-sso_bearer_token"))) {
      return denied(401, "UnauthorizedException", "Session token not found or invalid");
    }
    Map<String, String> query =
        StsStandIn.form(request.path().substring(request.path().indexOf('?') + 1).getBytes(UTF_8));
    String role = URLDecoder.decode(query.get("account_id") + "/" + query.get("role_name"), UTF_8);
    if (!roles.contains(role)) {
      return denied(403, "ForbiddenException", "No access");
    }
    String key = "ASIASSO" + query.get("role_name").toUpperCase(java.util.Locale.ROOT);
    return Reply.json(
        200,
        """
        {"roleCredentials":{"accessKeyId":"%s","secretAccessKey":"secret","sessionToken":"token",
        "expiration":%d}}
        """
            .formatted(key, Instant.now().plus(LIFE).toEpochMilli()));
  }

  private static Reply denied(int status, String type, String message) {
    return Reply.json(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
  }
}

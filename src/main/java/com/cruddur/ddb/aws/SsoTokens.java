package com.cruddur.ddb.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssooidc.SsoOidcClient;
import software.amazon.awssdk.services.ssooidc.model.CreateTokenResponse;

/**
 * The tokens that {@code aws sso login} leaves in ~/.aws/sso/cache. One that has ended is renewed
 * where the login allows it, and written back, for the next renewal needs the new one.
 */
final class SsoTokens {
  private static final Duration EARLY = Duration.ofMinutes(5);
  private final AwsAccess access;
  private final SsoCredentials.Settings settings;
  private final String words;
  private final Duration limit;

  SsoTokens(AwsAccess access, SsoCredentials.Settings settings, String words, Duration limit) {
    this.access = access;
    this.settings = settings;
    this.words = words;
    this.limit = limit;
  }

  /**
   * A token that has not ended.
   *
   * @throws AwsSetupException when there is none
   */
  String valid() {
    Path file = file();
    Map<String, String> token = read(file);
    String access = token.get("accessToken");
    Instant end = instant(token.get("expiresAt"));
    if (access == null || end == null) {
      throw failed("the login in " + file + " cannot be used", null);
    }
    Instant now = Instant.now();
    if (now.plus(EARLY).isBefore(end)) {
      return access;
    }
    boolean ended = !now.isBefore(end);
    if (!canRenew(token, now)) {
      if (ended) {
        throw failed("the login ended at " + end, null);
      }
      return access;
    }
    try {
      return renewed(file, token);
    } catch (AwsServiceException e) {
      if (ended) {
        throw failed(
            "the login ended at " + end + " and is not renewed: " + CredentialFailures.said(e), e);
      }
      return access;
    }
  }

  private boolean canRenew(Map<String, String> token, Instant now) {
    Instant registered = instant(token.get("registrationExpiresAt"));
    return settings.session() != null
        && token.containsKey("refreshToken")
        && token.containsKey("clientId")
        && token.containsKey("clientSecret")
        && (registered == null || now.isBefore(registered));
  }

  /** The name is that of aws: the SHA-1 of the session's name, or of the start url. */
  private Path file() {
    String name = settings.session() == null ? settings.startUrl() : settings.session();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_8));
      return access
          .environment()
          .folder()
          .resolve("sso")
          .resolve("cache")
          .resolve(HexFormat.of().formatHex(hash) + ".json");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> read(Path file) {
    try {
      Map<String, String> token =
          Files.exists(file) ? FlatJson.read(Files.readString(file)) : Map.of();
      if (token == null) {
        throw failed("the login in " + file + " cannot be used", null);
      }
      if (token.isEmpty()) {
        throw failed("nobody has logged in", null);
      }
      return token;
    } catch (IOException e) {
      throw failed("the login in " + file + " cannot be read", e);
    }
  }

  private AwsSetupException failed(String why, Throwable cause) {
    return new AwsSetupException(
        AwsSetupException.Kind.CREDENTIALS, words + ": " + why, settings.login(), cause);
  }

  private String renewed(Path file, Map<String, String> token) {
    CreateTokenResponse answer;
    try (SsoOidcClient client =
        access.client(
            SsoOidcClient.builder(),
            "sso_oidc",
            settings.region(),
            limit,
            AnonymousCredentialsProvider.create())) {
      answer =
          client.createToken(
              request ->
                  request
                      .grantType("refresh_token")
                      .clientId(token.get("clientId"))
                      .clientSecret(token.get("clientSecret"))
                      .refreshToken(token.get("refreshToken")));
    }
    Instant end = Instant.now().plusSeconds(answer.expiresIn());
    token.put("accessToken", answer.accessToken());
    token.put("expiresAt", end.truncatedTo(ChronoUnit.SECONDS).toString());
    if (answer.refreshToken() != null) {
      token.put("refreshToken", answer.refreshToken());
    }
    write(file, token);
    return answer.accessToken();
  }

  private void write(Path file, Map<String, String> token) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> field : token.entrySet()) {
        json.writeStringField(field.getKey(), field.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    try {
      // A temporary file is its owner's alone.
      Path next = Files.createTempFile(file.getParent(), "ddb-", ".json");
      Files.writeString(next, text.toString());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed("the renewed login cannot be written to " + file, e);
    }
  }

  private static Instant instant(String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text.replace("UTC", "Z")).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}

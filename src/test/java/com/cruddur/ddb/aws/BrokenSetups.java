package com.cruddur.ddb.aws;

import static com.cruddur.ddb.aws.BrokenSetup.ROLE;
import static com.cruddur.ddb.aws.BrokenSetup.expiry;
import static com.cruddur.ddb.aws.BrokenSetup.sso;

import java.util.List;

/** What goes wrong with credentials, each kind once; docs/production.md has a row for each. */
final class BrokenSetups {
  private static final String LOGIN = "aws sso login --profile ops";
  private static final String BASE =
      "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = secret\n";
  private static final String OPS = "[profile ops]\n";
  private static final String ASSUMES =
      OPS + "role_arn = " + ROLE + "\nsource_profile = base\n" + BASE;
  private static final String BY_TOKEN =
      OPS + "role_arn = " + ROLE + "\nweb_identity_token_file = ~/token\n";
  private static final String SSO = "profile ops: SSO role ops of 123456789012: ";
  private static final String ASSUMED = "profile ops: role " + ROLE + ": ";

  private BrokenSetups() {}

  static List<BrokenSetup> all() {
    return List.of(
        BrokenSetup.of(
            "the profile does not exist",
            "[profile other]\nregion = eu-west-1\n",
            "profile ops does not exist in FOLDER/.aws/config or FOLDER/.aws/credentials",
            "aws configure list-profiles"),
        BrokenSetup.of(
            "the profile has no credentials",
            OPS + "region = eu-west-1\n",
            "profile ops has no credentials: no keys, role, SSO or credential_process",
            "aws configure --profile ops"),
        BrokenSetup.of(
            "half a key",
            OPS + "aws_access_key_id = AKIAHALF\n",
            "profile ops has a key id without its secret",
            "aws_secret_access_key"),
        BrokenSetup.of(
            "half a key in the source profile",
            OPS
                + "role_arn = "
                + ROLE
                + "\nsource_profile = base\n"
                + BASE.substring(0, BASE.indexOf("aws_secret")),
            "profile ops: who assumes its role: profile base has a key id without its secret",
            "aws_secret_access_key"),
        BrokenSetup.of("never logged in to SSO", sso(null), SSO + "nobody has logged in", LOGIN),
        BrokenSetup.of(
            "the SSO login has ended",
            sso(null),
            (ddb, place) -> {
              place.login("{\"accessToken\":\"sso-token\",\"expiresAt\":\"2026-01-01T00:00:00Z\"}");
              return ddb;
            },
            SSO + "the login ended at 2026-01-01T00:00:00Z",
            LOGIN),
        BrokenSetup.of(
            "the SSO login has ended and is not renewed",
            sso("corp")
                + "[sso-session corp]\nsso_start_url = "
                + BrokenSetup.START
                + "\nsso_region = eu-west-1\n",
            (ddb, place) -> {
              place.aws().sso().endSession();
              place.login(
                  "{\"accessToken\":\"sso-token\",\"expiresAt\":\"2026-01-01T00:00:00Z\",\"refreshToken\":\"sso-refresh\",\"clientId\":\"c\",\"clientSecret\":\"s\"}");
              return ddb;
            },
            SSO
                + "the login ended at 2026-01-01T00:00:00Z and is not renewed: InvalidGrantException",
            LOGIN),
        BrokenSetup.of(
            "the SSO session does not exist",
            sso("corp"),
            "profile ops: its sso_session corp does not exist",
            "aws configure sso --profile ops"),
        BrokenSetup.of(
            "the SSO login is refused",
            sso(null),
            (ddb, place) -> {
              place.login("{\"accessToken\":\"revoked\",\"expiresAt\":\"" + expiry(3600) + "\"}");
              return ddb;
            },
            SSO + "the login has ended: Session token not found or invalid (UnauthorizedException)",
            LOGIN),
        BrokenSetup.of(
            "the SSO role is not assigned",
            sso(null),
            (ddb, place) -> {
              place.login("{\"accessToken\":\"sso-token\",\"expiresAt\":\"" + expiry(3600) + "\"}");
              return ddb;
            },
            SSO + "the role is not assigned to who logged in: No access (ForbiddenException)",
            "Have it assigned"),
        BrokenSetup.of(
            "the role may not be assumed",
            ASSUMES,
            (ddb, place) -> {
              place.aws().refuse("sts:AssumeRole");
              return ddb;
            },
            ASSUMED
                + "STS refuses: User: arn:aws:iam::123456789012:user/AKIABASE is not authorized to perform: sts:AssumeRole (AccessDenied)",
            "sts:AssumeRole"),
        BrokenSetup.of(
            "the key that assumes the role is unknown",
            ASSUMES,
            (ddb, place) -> {
              place
                  .aws()
                  .sts()
                  .fail(
                      403,
                      "InvalidClientTokenId",
                      "The security token included in the request is invalid.");
              return ddb;
            },
            ASSUMED
                + "STS refuses: The security token included in the request is invalid. (InvalidClientTokenId)",
            "not known"),
        BrokenSetup.of(
            "the role wants an MFA code",
            ASSUMES.replace("source_profile", "mfa_serial = arn:aws:iam::1:mfa/me\nsource_profile"),
            "profile ops wants a code of arn:aws:iam::1:mfa/me (mfa_serial), which ddb cannot ask for",
            "aws configure export-credentials --profile ops --format env"),
        BrokenSetup.of(
            "the source profile does not exist",
            OPS + "role_arn = " + ROLE + "\nsource_profile = gone\n",
            "profile ops: its source_profile gone does not exist",
            "source_profile"),
        BrokenSetup.of(
            "source profiles in a circle",
            OPS
                + "role_arn = "
                + ROLE
                + "\nsource_profile = a\n[profile a]\nrole_arn = "
                + ROLE
                + "\nsource_profile = ops\n",
            "profile a: source_profile goes in a circle: ops > a > ops",
            "keys, SSO or a process"),
        BrokenSetup.of(
            "a role without a source",
            OPS + "role_arn = " + ROLE + "\n",
            "profile ops has role_arn with neither source_profile nor credential_source",
            "who may assume"),
        BrokenSetup.of(
            "the process fails",
            OPS + "credential_process = sh -c 'echo vault is sealed >&2; exit 3'\n",
            "profile ops: its credential_process ends with exit code 3: vault is sealed",
            "by hand"),
        BrokenSetup.of(
            "the process prints something else",
            OPS + "credential_process = echo hello\n",
            "profile ops: its credential_process prints no JSON object",
            "Version"),
        BrokenSetup.of(
            "the process hangs",
            OPS + "credential_process = sleep 60\n",
            "profile ops: its credential_process does not end within 2.0 s",
            "--timeout"),
        BrokenSetup.of(
            "the web identity has expired",
            BY_TOKEN,
            (ddb, place) -> {
              place.write("token", "old");
              place
                  .aws()
                  .sts()
                  .fail(
                      400,
                      "ExpiredTokenException",
                      "Token expired: current date/time 2 must be before the expiration date/time 1");
              return ddb;
            },
            ASSUMED
                + "STS refuses: Token expired: current date/time 2 must be before the expiration date/time 1 (ExpiredTokenException)",
            "renewed"),
        BrokenSetup.of(
            "the web identity has no token",
            BY_TOKEN,
            ASSUMED + "its web_identity_token_file FOLDER/token does not exist",
            "token"),
        BrokenSetup.of(
            "STS is down",
            ASSUMES,
            (ddb, place) -> ddb.env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1"),
            ASSUMED + "127.0.0.1:1: nothing answers (connection refused)",
            "network"),
        BrokenSetup.of(
            "the certificate of STS is not trusted",
            ASSUMES,
            (ddb, place) -> ddb.env("AWS_ENDPOINT_URL_STS", place.aws().secureUrl()),
            ASSUMED
                + "localhost:PORT: TLS: its certificate is signed by an authority that is not trusted here",
            "AWS_CA_BUNDLE"),
        BrokenSetup.of(
            "a login session of aws login",
            OPS + "login_session = arn:aws:iam::123456789012:user/me\n",
            "profile ops: ddb cannot use a login session of 'aws login'",
            "aws configure export-credentials --profile ops --format env"),
        BrokenSetup.of(
            "the configuration file is broken",
            "[profile ops]\nregion = eu-west-1\nnonsense\n",
            "FOLDER/.aws/config: Expected an '=' sign defining a property on line 3",
            "Repair that file"),
        BrokenSetup.of(
            "the configuration file begins with a byte order mark",
            "\ufeff" + OPS + "region = eu-west-1\n",
            "FOLDER/.aws/config: line 1 begins with a byte order mark",
            "Repair that file"),
        BrokenSetup.of(
            "the SSO login is damaged",
            sso(null),
            (ddb, place) -> {
              place.login("{\"accessToken\":");
              return ddb;
            },
            SSO
                + "the login in FOLDER/.aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json cannot be used",
            LOGIN));
  }
}

package com.cruddur.ddb.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsAccess;
import com.cruddur.ddb.aws.AwsEnvironment;
import com.cruddur.ddb.aws.CertificateAuthority;
import com.cruddur.ddb.aws.StandInProxy;
import com.cruddur.ddb.aws.TlsRelay;
import com.cruddur.ddb.cli.context.ExitCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Momento by the names of its service, over TLS, through a proxy that leads to the local server.
 */
class MomentoNetworkTest {
  private static final String ENDPOINT = "cell-1.example.com";
  private static final String HOST = "cache." + ENDPOINT;
  private static final String KEY =
      Base64.getEncoder()
          .encodeToString(
              ("{\"endpoint\":\"" + ENDPOINT + "\",\"api_key\":\"secret-key\"}").getBytes(UTF_8));

  @TempDir private Path home;
  private final CertificateAuthority authority = new CertificateAuthority("Momento test CA");

  @AfterEach
  void reset() {
    MomentoNetwork.use(new AwsAccess(AwsEnvironment.NONE, null));
  }

  private DdbRunner ddb(StandInProxy proxy) {
    return DdbRunner.fresh()
        .env("HOME", home.toString())
        .env("MOMENTO_API_KEY", KEY)
        .env("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port())
        .env("AWS_CA_BUNDLE", authority.writePem(home.resolve("ca.pem")).toString());
  }

  private static Result list(DdbRunner runner) {
    return runner.execute("cache", "list", "--prod", "--region", "eu-west-1");
  }

  private static void assertFails(Result result, String... words) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines().findFirst().orElse("")).contains(words);
    assertThat(result.err()).doesNotContain("secret-key");
  }

  private SSLContext right() {
    return authority.server("*." + ENDPOINT);
  }

  @Test
  void itIsReachedThroughTheProxyByTheBundlesAuthority() {
    try (TlsRelay momento = new TlsRelay(right(), TestStack.cachePort());
        StandInProxy proxy = new StandInProxy(momento.port()).wants("ops:secret")) {
      String url = "http://ops:secret@127.0.0.1:" + proxy.port();
      Result result = list(ddb(proxy).env("HTTPS_PROXY", url));

      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(proxy.asked()).contains("CONNECT control." + ENDPOINT + ":443");
    }
  }

  @Test
  void whatIsWrongWithItsCertificateIsTold() {
    assertTlsFails(
        new CertificateAuthority("other").server("*." + ENDPOINT),
        "TLS: its certificate is signed by an authority that is not trusted");
    assertTlsFails(authority.expiredServer("*." + ENDPOINT), "TLS: its certificate has expired");
    assertTlsFails(
        authority.server("other.example.com"), "TLS: its certificate is for another name");
  }

  private void assertTlsFails(SSLContext tls, String words) {
    try (TlsRelay momento = new TlsRelay(tls, TestStack.cachePort());
        StandInProxy proxy = new StandInProxy(momento.port())) {
      assertFails(list(ddb(proxy)), "Momento: " + HOST + ": ", words);
    }
  }

  @Test
  void somethingElseThanTlsIsTold() {
    try (StandInProxy proxy = new StandInProxy(TestStack.port())) {
      assertFails(list(ddb(proxy)), HOST, "TLS: it speaks something else, such as plain http");
    }
  }

  @Test
  void aProxyThatRefusesAndOneThatIsDeadAreNamed() throws Exception {
    try (StandInProxy proxy = new StandInProxy(1).wants("ops:secret")) {
      String named = "the proxy 127.0.0.1:" + proxy.port() + " (HTTPS_PROXY)";
      assertFails(list(ddb(proxy)), HOST, named, "407 Proxy Authentication Required");
    }
    StandInProxy closed = new StandInProxy(1);
    closed.close();
    String named = "the proxy 127.0.0.1:" + closed.port() + " (HTTPS_PROXY)";
    assertFails(list(ddb(closed)), HOST, named, "does not answer (connection refused)");
  }

  @Test
  void anUnknownHostIsTold() throws Exception {
    try (ServerSocket none = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result =
          list(
              DdbRunner.fresh()
                  .env("HOME", home.toString())
                  .env(
                      "MOMENTO_API_KEY",
                      Base64.getEncoder()
                          .encodeToString(
                              "{\"endpoint\":\"momento.invalid\",\"api_key\":\"secret-key\"}"
                                  .getBytes(UTF_8))));
      assertFails(result, "Momento: ", "momento.invalid is not known");
    }
  }

  @Test
  void aProxyThatIsNoUrlAndABundleThatIsNoneAreNamed() {
    try (StandInProxy proxy = new StandInProxy(1)) {
      assertFails(
          list(ddb(proxy).env("HTTPS_PROXY", "not a url")), "Momento: the proxy in HTTPS_PROXY");
      assertFails(
          list(ddb(proxy).env("AWS_CA_BUNDLE", "/nowhere")),
          "Momento: the certificates of AWS_CA_BUNDLE: /nowhere");
    }
  }
}

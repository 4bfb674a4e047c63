package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import com.cruddur.ddb.cli.context.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way to AWS: by its real names, over TLS, through a proxy that leads to the stand-in. */
class NetworkTest {
  private static final String HOST = "dynamodb.eu-west-1.amazonaws.com";

  @TempDir private Path home;
  private AwsStandIn aws;
  private StandInProxy proxy;
  private DdbRunner ddb;

  @BeforeEach
  void start() {
    aws = new AwsStandIn();
    proxy = new StandInProxy(aws.securePort());
    ddb =
        DdbRunner.fresh()
            .env("HOME", home.toString())
            .env("AWS_REGION", "eu-west-1")
            .env("AWS_ACCESS_KEY_ID", "AKIAENV")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_CA_BUNDLE", aws.authority().writePem(home.resolve("ca.pem")).toString());
  }

  @AfterEach
  void stop() {
    proxy.close();
    aws.close();
  }

  private String url(StandInProxy of) {
    return "http://127.0.0.1:" + of.port();
  }

  /** The time limit is only for what never answers. */
  private static Result list(DdbRunner runner) {
    return runner.execute("list-tables", "--prod", "--timeout", "60");
  }

  private static void assertFails(Result result, String... words) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.err().lines().findFirst().orElse("")).contains(words);
    assertThat(result.err().lines()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
  void httpsGoesThroughTheProxyOfHttps(String variable) {
    Result result = list(ddb.env(variable, url(proxy)).env("HTTP_PROXY", "http://127.0.0.1:1"));

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(proxy.asked()).contains("CONNECT " + HOST + ":443");
    assertThat(aws.calls("dynamodb")).extracting(Call::host).containsOnly(HOST);
  }

  @Test
  void aProxyMayBeNamedWithoutItsScheme() {
    assertThat(list(ddb.env("HTTPS_PROXY", "127.0.0.1:" + proxy.port())).exitCode()).isZero();
  }

  @Test
  void theProxyGetsUserAndPasswordPercentDecoded() {
    proxy.wants("ops@corp:s:e/c");
    String right = "http://ops%40corp:s%3Ae%2Fc@127.0.0.1:" + proxy.port();

    assertThat(list(ddb.env("HTTPS_PROXY", right)).exitCode()).isZero();
    Result wrong = list(ddb.env("HTTPS_PROXY", right.replace("ops", "nobody")));
    assertFails(wrong, "the proxy 127.0.0.1:" + proxy.port() + " (HTTPS_PROXY)", "407", HOST);
    assertThat(wrong.err()).doesNotContain("s%3Ae", "s:e/c");
  }

  @Test
  void aProxyMayBeSpokenToOverTls() {
    try (StandInProxy secure =
        new StandInProxy(aws.authority().server("localhost"), aws.securePort())) {
      Result result = list(ddb.env("HTTPS_PROXY", "https://localhost:" + secure.port()));

      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(secure.asked()).contains("CONNECT " + HOST + ":443");
    }
  }

  @Test
  void stsAndStreamsGoThroughTheProxyToo() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\n"
            + "credential_source = Environment\n");
    String table = TestStack.newTableName();
    DdbRunner.on(table).execute("schema-load");
    Result result =
        ddb.env("HTTPS_PROXY", url(proxy))
            .env("DDB_MESSAGE_TABLE", table)
            .execute("trigger", "run", "--once", "--prod", "--profile", "ops", "--timeout", "60");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(proxy.asked())
        .contains(
            "CONNECT sts.eu-west-1.amazonaws.com:443",
            "CONNECT 123456789012.ddb.eu-west-1.amazonaws.com:443",
            "CONNECT streams.dynamodb.eu-west-1.amazonaws.com:443");
  }

  @Test
  void aDeadProxyIsNamed() {
    assertFails(
        list(ddb.env("HTTPS_PROXY", "http://127.0.0.1:1")),
        HOST,
        "the proxy 127.0.0.1:1 (HTTPS_PROXY) does not answer (connection refused)");
    assertFails(
        list(ddb.env("https_proxy", "http://proxy.invalid:3128")),
        "the proxy proxy.invalid:3128 (https_proxy) has an unknown host name");
  }

  @Test
  void aProxyThatRefusesIsNamedWithWhatItSays() {
    proxy.refuses("403 Forbidden by policy");

    assertFails(
        list(ddb.env("HTTPS_PROXY", url(proxy))),
        "the proxy 127.0.0.1:" + proxy.port(),
        "refuses " + HOST + ":443: 403 Forbidden by policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url", "socks5://127.0.0.1:1080", "http://", "http://host:99999"})
  void aProxyThatIsNoUrlIsNamedByItsVariable(String value) {
    assertFails(list(ddb.env("HTTPS_PROXY", value)), "the proxy in HTTPS_PROXY");
  }

  @Test
  void anAuthorityThatIsNotTrustedIsNamedWithItsCure() {
    Result result = list(ddb.env("HTTPS_PROXY", url(proxy)).env("AWS_CA_BUNDLE", null));

    assertFails(result, HOST, "TLS: its certificate is signed by an authority that is not trusted");
    assertThat(result.err()).contains("AWS_CA_BUNDLE", "ca_bundle");
  }

  @Test
  void theBundleOfTheProfileIsTrusted() throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[profile ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = s\nca_bundle = "
            + home.resolve("ca.pem"));
    Result result =
        ddb.env("HTTPS_PROXY", url(proxy))
            .env("AWS_CA_BUNDLE", null)
            .execute("list-tables", "--prod", "--profile", "ops");

    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  @Test
  void aBundleThatIsNoneIsNamed() throws IOException {
    Path text = Files.writeString(home.resolve("text.pem"), "hello\n");
    Path empty = Files.createFile(home.resolve("empty.pem"));
    for (String file :
        new String[] {text.toString(), empty.toString(), "/nowhere/ca.pem", "/tmp", "/dev/zero"}) {
      assertFails(
          list(ddb.env("AWS_CA_BUNDLE", file)), "the certificates of AWS_CA_BUNDLE: " + file);
    }
  }

  @Test
  void anExpiredCertificateAndOneOfAnotherNameAreToldApart() {
    assertTlsFails(aws.authority().expiredServer("localhost"), "TLS: its certificate has expired");
    assertTlsFails(
        aws.authority().server("other.example.com"), "TLS: its certificate is for another name");
  }

  private void assertTlsFails(javax.net.ssl.SSLContext tls, String words) {
    try (LoopbackServer server = new LoopbackServer(tls, (request, connection) -> false)) {
      String url = "https://localhost:" + server.port();
      assertFails(list(ddb.env("AWS_ENDPOINT_URL_DYNAMODB", url)), url, words);
    }
  }

  @Test
  void plainHttpOnThePortOfTlsIsNamed() {
    String url = aws.url().replace("http://127.0.0.1", "https://localhost");

    assertFails(
        list(ddb.env("AWS_ENDPOINT_URL_DYNAMODB", url)),
        url,
        "TLS: it speaks something else, such as plain http");
  }

  @Test
  void aServerThatClosesTheConnectionOfTlsIsNamedWithACure() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      new Thread(() -> closeAll(server)).start();
      String url = "https://localhost:" + server.getLocalPort();
      Result result = list(ddb.env("AWS_ENDPOINT_URL_DYNAMODB", url));

      assertFails(result, url, "TLS: it closes the connection during the handshake");
      assertThat(result.err()).contains("the url begins with http://");
    }
  }

  /** Reads the client's first byte, so that it has been sent, and answers with the end. */
  private static void closeAll(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().read();
      } catch (IOException e) {
        // The server is closed, or this client has gone.
      }
    }
  }

  @Test
  void anUnknownHostAndASilentOneAreToldApart() throws IOException {
    assertFails(
        list(ddb.env("AWS_ENDPOINT_URL_DYNAMODB", "https://ddb.invalid")),
        "the host ddb.invalid is not known");
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "https://localhost:" + silent.getLocalPort();
      Result result =
          ddb.env("AWS_ENDPOINT_URL_DYNAMODB", url)
              .execute("list-tables", "--prod", "--timeout", "0.5");
      assertFails(result, url, "no answer in time");
    }
  }

  @Test
  void attemptsAreAsManyAsTheEnvironmentSays() {
    Result result =
        list(
            ddb.env("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
                .env("AWS_MAX_ATTEMPTS", "many"));
    assertFails(result, "AWS_MAX_ATTEMPTS is 'many', not a number from 1");
    assertFails(
        list(ddb.env("AWS_RETRY_MODE", "eager")), "AWS_RETRY_MODE is 'eager', not a retry mode");

    aws.fail(500);
    list(ddb.env("AWS_ENDPOINT_URL_DYNAMODB", aws.url()).env("AWS_MAX_ATTEMPTS", "2"));
    assertThat(aws.calls("dynamodb")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"use_fips_endpoint", "use_dualstack_endpoint", "account_id_endpoint_mode"})
  void aSettingThatTheSdkDoesNotUnderstandIsQuoted(String setting) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        "[profile ops]\naws_access_key_id = AKIAOPS\naws_secret_access_key = s\n"
            + setting
            + " = perhaps\n");
    Result result = ddb.execute("list-tables", "--prod", "--profile", "ops");

    assertFails(result, "a setting of the environment or the profile cannot be used", "perhaps");
  }

  @Test
  void streamsHaveAnEndpointOfTheirOwn() {
    String table = TestStack.newTableName();
    DdbRunner.on(table).execute("schema-load");
    try (AwsStandIn streams = new AwsStandIn()) {
      DdbRunner both =
          ddb.env("DDB_MESSAGE_TABLE", table)
              .env("AWS_ENDPOINT_URL_DYNAMODB", aws.url())
              .env("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", streams.url());
      both.execute("trigger", "run", "--once", "--prod");

      assertThat(streams.calls("dynamodb")).extracting(Call::operation).contains("DescribeStream");
      assertThat(aws.calls("dynamodb"))
          .extracting(Call::operation)
          .doesNotContain("DescribeStream");
    }
  }

  @Test
  void endpointsOfVariablesAreIgnoredWhereThatIsSaid() {
    Result result =
        list(
            ddb.env("HTTPS_PROXY", url(proxy))
                .env("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
                .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"));

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(aws.calls("dynamodb")).extracting(Call::host).containsOnly(HOST);
  }

  @Test
  void aLocalTargetReadsNoneOfThis() {
    DdbRunner broken =
        DdbRunner.fresh()
            .env("HTTPS_PROXY", "not a url")
            .env("HTTP_PROXY", "http://127.0.0.1:1")
            .env("AWS_CA_BUNDLE", "/nowhere")
            .env("AWS_MAX_ATTEMPTS", "many")
            .env("AWS_CONFIG_FILE", "/dev/null/nowhere")
            .env("AWS_PROFILE", "gone");

    assertThat(broken.execute("list-tables").exitCode()).isZero();
  }
}

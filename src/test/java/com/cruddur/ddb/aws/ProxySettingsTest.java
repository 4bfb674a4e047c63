package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxySettingsTest {
  private static HttpProxy proxy(Map<String, String> variables, String host, int port) {
    return new ProxySettings(new AwsEnvironment(variables)).proxy("https", host, port);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*; dynamodb.eu-west-1.amazonaws.com; true",
        "amazonaws.com; dynamodb.eu-west-1.amazonaws.com; true",
        ".amazonaws.com; dynamodb.eu-west-1.amazonaws.com; true",
        "*.amazonaws.com; dynamodb.eu-west-1.amazonaws.com; true",
        "AMAZONAWS.com; dynamodb.eu-west-1.amazonaws.com; true",
        "other, .amazonaws.com; dynamodb.eu-west-1.amazonaws.com; true",
        "other .amazonaws.com; dynamodb.eu-west-1.amazonaws.com; true",
        "amazonaws.com:443; dynamodb.eu-west-1.amazonaws.com; true",
        "amazonaws.com:8443; dynamodb.eu-west-1.amazonaws.com; false",
        "aws.com; dynamodb.eu-west-1.amazonaws.com; false",
        "dynamodb; dynamodb.eu-west-1.amazonaws.com; false",
        "amazonaws.com.; dynamodb.eu-west-1.amazonaws.com; true",
        "10.0.0.0/8; 10.1.2.3; true",
        "10.0.0.0/9; 10.200.2.3; false",
        "10.1.2.3; 10.1.2.3; true",
        "10.1.2.3:443; 10.1.2.3; true",
        "1.2.3; 10.1.2.3; false",
        "fd00::/8; [fd00::1]; true",
        "[fd00::1]; [fd00::1]; true",
        "fd00::1; [fd00::1]; true",
        "[fd00::1]:443; [fd00::1]; true",
        "'  '; dynamodb.eu-west-1.amazonaws.com; false",
      })
  void noProxyTakesTheFormsOfCurl(String value, String host, boolean exempt) {
    Map<String, String> variables = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", value);

    assertThat(proxy(variables, host, 443) == null).isEqualTo(exempt);
    assertThat(proxy(Map.of("https_proxy", "http://p:1", "no_proxy", value), host, 443) == null)
        .isEqualTo(exempt);
  }

  @Test
  void theNameInLowerCaseGoesFirstAndAnEmptyOneMeansNone() {
    assertThat(proxy(Map.of("https_proxy", "http://a:1", "HTTPS_PROXY", "http://b:1"), "h", 443))
        .extracting(HttpProxy::host)
        .isEqualTo("a");
    assertThat(proxy(Map.of("https_proxy", "", "HTTPS_PROXY", "http://b:1"), "h", 443)).isNull();
    assertThat(proxy(Map.of("HTTP_PROXY", "http://b:1"), "h", 443)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.0.0.1", "[::1]"})
  void thisMachineIsReachedWithoutAProxy(String host) {
    assertThat(proxy(Map.of("https_proxy", "http://a:1"), host, 443)).isNull();
  }

  @Test
  void portsHaveTheDefaultOfTheirScheme() {
    assertThat(proxy(Map.of("https_proxy", "proxy"), "h", 443).port()).isEqualTo(80);
    assertThat(proxy(Map.of("https_proxy", "https://proxy"), "h", 443).port()).isEqualTo(443);
    assertThat(proxy(Map.of("https_proxy", "http://[::1]:3128"), "h", 443).host()).isEqualTo("::1");
  }

  @Test
  void thePasswordIsNeverPrinted() {
    HttpProxy proxy = proxy(Map.of("https_proxy", "http://me:hidden@p:1"), "h", 443);

    assertThat(proxy.toString() + proxy.describe()).doesNotContain("hidden");
    assertThat(proxy.password()).isEqualTo("hidden");
  }
}

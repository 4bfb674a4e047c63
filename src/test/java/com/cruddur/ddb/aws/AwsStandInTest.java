package com.cruddur.ddb.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.aws.AwsStandIn.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class AwsStandInTest {
  @Test
  void aTableBehindItStandsInTheAccountOfWhoAsks() {
    MessageTable table = MessageTable.withoutStream();
    try (AwsStandIn aws = new AwsStandIn().account("AKIAOTHER", "999999999999")) {
      DdbRunner ddb =
          DdbRunner.on(table.name())
              .env("AWS_ENDPOINT_URL_DYNAMODB", aws.url())
              .env("AWS_REGION", "eu-west-1")
              .env("AWS_SECRET_ACCESS_KEY", "secret");

      assertThat(
              ddb.env("AWS_ACCESS_KEY_ID", "AKIAONE")
                  .execute("describe", "--prod", "-o", "json")
                  .toString())
          .contains("arn:aws:dynamodb:eu-west-1:" + AwsStandIn.ACCOUNT + ":table/" + table.name());
      assertThat(
              ddb.env("AWS_ACCESS_KEY_ID", "AKIAOTHER")
                  .execute("describe", "--prod", "-o", "json")
                  .toString())
          .contains("arn:aws:dynamodb:eu-west-1:999999999999:table/" + table.name());
      assertThat(aws.calls("dynamodb"))
          .extracting(Call::keyId, Call::region)
          .contains(
              org.assertj.core.groups.Tuple.tuple("AKIAONE", "eu-west-1"),
              org.assertj.core.groups.Tuple.tuple("AKIAOTHER", "eu-west-1"));
    }
  }

  @Test
  void itsCertificateIsTrustedByWhoTrustsItsAuthority() throws Exception {
    try (AwsStandIn aws = new AwsStandIn()) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", aws.authority().certificate());
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      HttpClient client = HttpClient.newBuilder().sslContext(context).build();
      URI token = URI.create(aws.secureUrl() + "/latest/api/token");

      assertThat(client.send(HttpRequest.newBuilder(token).build(), BodyHandlers.ofString()).body())
          .isEqualTo("metadata-token");
    }
  }
}

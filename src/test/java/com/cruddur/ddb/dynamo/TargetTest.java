package com.cruddur.ddb.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "https://dynamodb.eu-west-1.amazonaws.com, true",
    "https://DYNAMODB.EU-WEST-1.AMAZONAWS.COM, true",
    "https://dynamodb.cn-north-1.amazonaws.com.cn, true",
    "https://dynamodb.eu-west-1.api.aws, true",
    "https://vpce-1.dynamodb.eu-west-1.vpce.amazonaws.com, true",
    "http://localhost:8000, false",
    "https://amazonaws.com.example.org, false",
  })
  void anUrlOfAwsIsGuardedAsProductionIs(String url, boolean aws) {
    Target target =
        new Target(Target.Kind.ENDPOINT, URI.create(url), null, null, null, null, "table");
    assertThat(target.isAws()).isEqualTo(aws);
  }
}

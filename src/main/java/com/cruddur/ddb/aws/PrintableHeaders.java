package com.cruddur.ddb.aws;

import java.util.List;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends what variables say in a header without its line ends and the like, which Java refuses: the
 * SDK puts AWS_EXECUTION_ENV, AWS_SDK_UA_APP_ID and _X_AMZN_TRACE_ID there as they are. No
 * signature holds these headers; keys are looked at before.
 */
public record PrintableHeaders(SdkHttpClient client) implements SdkHttpClient {
  private static final List<String> OF_VARIABLES = List.of("User-Agent", "X-Amzn-Trace-Id");

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest call) {
    SdkHttpRequest request = call.httpRequest();
    SdkHttpRequest.Builder clean = null;
    for (String name : OF_VARIABLES) {
      String value = request.firstMatchingHeader(name).orElse("");
      if (!value.chars().allMatch(PrintableHeaders::isPrintable)) {
        clean = clean == null ? request.toBuilder() : clean;
        clean.putHeader(name, value.replaceAll("[^ -~]", "_"));
      }
    }
    return client.prepareRequest(clean == null ? call : with(call, clean.build()));
  }

  private static boolean isPrintable(int c) {
    return c >= ' ' && c <= '~';
  }

  private static HttpExecuteRequest with(HttpExecuteRequest call, SdkHttpRequest request) {
    return HttpExecuteRequest.builder()
        .request(request)
        .contentStreamProvider(call.contentStreamProvider().orElse(null))
        .metricCollector(call.metricCollector().orElse(null))
        .build();
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    client.close();
  }
}

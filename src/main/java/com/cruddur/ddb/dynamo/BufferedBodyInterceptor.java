package com.cruddur.ddb.dynamo;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Lets the JDK buffer a request's body, which is in memory anyway. Of a body whose length is given
 * the SDK makes a stream, and before each stream the JDK waits a millisecond for a kept connection
 * to tell that it was closed ({@code sun.net.www.http.HttpClient.available}). A buffered body it
 * sends at once, and on a closed connection once more. The JDK itself tells the server the length.
 */
final class BufferedBodyInterceptor implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().toBuilder().removeHeader(Header.CONTENT_LENGTH).build();
  }
}

package com.cruddur.ddb.local;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses what a web page could make a browser send to the stack. Listening on loopback is no
 * protection from that: a page may post to localhost, or have its own name resolve to 127.0.0.1
 * (DNS rebinding). Browsers give themselves away by the Origin header or by the page's host name;
 * the AWS SDKs and command lines send neither.
 */
final class LoopbackGuard extends Handler.Wrapper {
  private static final Set<String> HOSTS =
      Set.of("localhost", "127.0.0.1", "[::1]", "::1", "host.docker.internal");

  LoopbackGuard(Handler guarded) {
    super(guarded);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String host = Request.getServerName(request);
    boolean local = host != null && HOSTS.contains(host.toLowerCase(Locale.ROOT));
    if (local && !request.getHeaders().contains(HttpHeader.ORIGIN)) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.FORBIDDEN_403);
    callback.succeeded();
    return true;
  }
}

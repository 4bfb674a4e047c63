package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackExposureTest {
  @Test
  void listensOnLoopbackOnly() throws Exception {
    List<InetAddress> others = new ArrayList<>(List.of(InetAddress.getByName("127.0.0.2")));
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .forEach(others::add);
    for (int port : new int[] {TestStack.port(), TestStack.cachePort()}) {
      assertThat(connects(InetAddress.getByName("127.0.0.1"), port)).isTrue();
      for (InetAddress other : others) {
        assertThat(connects(other, port)).as("%s port %d", other, port).isFalse();
      }
    }
  }

  @Test
  void refusesWhatAWebPageCouldSend() throws Exception {
    int port = TestStack.port();
    assertThat(StackFixture.send(port, "ListTables", "{}").statusCode()).isEqualTo(200);
    assertThat(
            StackFixture.send(port, "ListTables", "{}", "Origin", "http://example.org")
                .statusCode())
        .isEqualTo(403);
    assertThat(rawStatus(port, "localhost:" + port)).contains(" 400 ");
    assertThat(rawStatus(port, "example.org")).contains(" 403 ");
  }

  private static boolean connects(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The status line of a request without credentials, which DynamoDB answers with 400. */
  private static String rawStatus(int port, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request =
          "POST / HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}

package com.cruddur.ddb.bench;

import java.time.Duration;
import momento.sdk.CacheClient;
import momento.sdk.auth.MomentoLocalProvider;
import momento.sdk.config.Configurations;

/** One get as Momento's examples do it, for Ratios: arguments are a port, a cache and a key. */
final class MomentoGet {
  public static void main(String[] args) {
    try (CacheClient client =
        CacheClient.builder(
                new MomentoLocalProvider("127.0.0.1", Integer.parseInt(args[0])),
                Configurations.Laptop.latest().withTimeout(Duration.ofSeconds(8)),
                Duration.ofSeconds(60))
            .build()) {
      System.out.println(client.get(args[1], args[2]).join());
    }
  }
}

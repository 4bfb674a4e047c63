package com.cruddur.ddb.bench;

import com.cruddur.ddb.cli.MessageCosts;
import java.util.Locale;

/**
 * What one message costs in conversations of so many messages: by default 20 and 200,000.
 *
 * <pre>{@code
 * mvn -B -DskipTests package
 * java -Dhttp.maxConnections=64 \
 *   -cp "target/test-classes:target/classes:$(find ~/.m2 -name 'assertj-core-3*.jar' | tail -1):target/ddb/ddb/lib/*:target/ddb/ddb/lib/local/*" \
 *   com.cruddur.ddb.bench.MessageCost [MESSAGES]...
 * }</pre>
 */
public final class MessageCost {
  private MessageCost() {}

  public static void main(String[] args) {
    for (String messages : args.length == 0 ? new String[] {"20", "200000"} : args) {
      // 200000 messages: send-message  2.5 RCU  17.0 WCU  6 requests
      MessageCosts.of(Integer.parseInt(messages))
          .forEach(
              (command, cost) ->
                  System.out.printf(
                      Locale.ROOT,
                      "%s messages: %-28s %7.1f RCU %5.1f WCU %4d requests%n",
                      messages,
                      command,
                      cost.readUnits(),
                      cost.writeUnits(),
                      cost.requests()));
    }
    System.exit(0);
  }
}

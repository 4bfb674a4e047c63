package com.cruddur.ddb.cache;

import io.grpc.internal.SharedResourceHolder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;

/**
 * gRPC's network threads. They are parked in native code, and the JVM waits up to 0.3 s for such
 * threads when it exits; so they are ended first.
 */
final class EventLoops {
  private static final int END_MILLIS = 100;

  private EventLoops() {}

  /** Ends them when the process exits, and not before: other clients may share them. */
  static void endAtExit() {
    Hook.set();
  }

  /** Loaded, and so set, once. */
  private static final class Hook {
    static {
      Runtime.getRuntime().addShutdownHook(new Thread(EventLoops::end, "momento-exit"));
    }

    static void set() {}
  }

  private static void end() {
    try {
      // gRPC shares them through this field and has no public way to them.
      Field field =
          Class.forName("io.grpc.netty.shaded.io.grpc.netty.Utils")
              .getDeclaredField("DEFAULT_WORKER_EVENT_LOOP_GROUP");
      field.setAccessible(true);
      Object group = SharedResourceHolder.get((SharedResourceHolder.Resource<?>) field.get(null));
      ((EventLoopGroup) group)
          .shutdownGracefully(0, 0, TimeUnit.MILLISECONDS)
          .await(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another gRPC: the exit is slower by 0.3 s, and that is all.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

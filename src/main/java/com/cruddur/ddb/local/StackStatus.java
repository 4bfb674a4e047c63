package com.cruddur.ddb.local;

import com.cruddur.ddb.engine.Faults;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A stack whose process lives.
 *
 * @param running both servers are open; false for the second or so that the process takes to start
 * @param pid the background process
 * @param port of DynamoDB, on 127.0.0.1 and ::1
 * @param cachePort the cache server, on 127.0.0.1
 * @param inMemory tables vanish with the process, {@code dataDirectory} is not in use
 * @param dataDirectory where tables are kept
 * @param startedAt start of the process, as the operating system tells it
 * @param faults how DynamoDB behaves as AWS's does
 */
public record StackStatus(
    boolean running,
    long pid,
    int port,
    int cachePort,
    boolean inMemory,
    Path dataDirectory,
    Instant startedAt,
    Faults faults) {}

/**
 * The embedded stack: a DynamoDB engine and a small cache server that speaks Momento's protocol, in
 * one background process, on loopback only, without telemetry.
 *
 * <p>There are two sides. In the command's process {@link com.cruddur.ddb.local.LocalStack} starts
 * the background process, finds it again, and ends it; it loads neither the engine nor the AWS SDK,
 * so asking costs little. In the background process {@link com.cruddur.ddb.local.StackMain} opens
 * an {@code Engine} and a {@code CacheServer} and lives until it gets SIGTERM. The two sides share
 * files, no pipes: the command may end, be interrupted, or lose its terminal, and the stack lives
 * on.
 *
 * <p>A stack is known by its state directory and port, and so stacks on different ports live side
 * by side. For port 8000 the state directory holds, for the owner alone: {@code
 * stack-8000.properties}, which process it is and where it listens ({@code StackState}); {@code
 * stack-8000.log}, what it printed; {@code stack-8000.tmp}, temporary files; and for as long as
 * somebody starts or stops it {@code stack-8000.lock}. A stopped stack leaves none of them. A
 * killed one leaves some; since the state names the process with its start time, what is left is
 * recognised, even when the process number has been given to another program, and removed.
 *
 * <p>Tables are kept in the data directory, in a folder of the engine's, which one stack at a time
 * may use; the background process holds {@code ddb-local.lock} beside it. In memory nothing is
 * written there.
 *
 * <p>A start that fails must say why. The background process ends its log with a line {@code
 * error:} and a line {@code hint:}, and the waiting command turns them into a {@link
 * com.cruddur.ddb.local.LocalStackException}.
 *
 * <p>Ports on loopback can be reached by web pages through the user's browser; the engine refuses
 * those requests.
 */
package com.cruddur.ddb.local;

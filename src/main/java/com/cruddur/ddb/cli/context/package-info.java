/**
 * What a command is given: {@link com.cruddur.ddb.cli.context.CommandContext} with the target, its
 * clients, where results and notices go, and where the run takes place ({@link
 * com.cruddur.ddb.cli.context.CliEnvironment}). {@link com.cruddur.ddb.cli.context.Failures} maps
 * every exception to a line, a hint and one of the {@link com.cruddur.ddb.cli.context.ExitCode}s.
 *
 * <p>Every room of the command line imports this one; it imports none of them.
 */
package com.cruddur.ddb.cli.context;

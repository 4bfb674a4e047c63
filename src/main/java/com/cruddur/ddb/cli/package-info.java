/**
 * The command line. Each command is a class of its own, named after what is typed: {@code ddb
 * send-message} is {@link com.cruddur.ddb.cli.SendMessageCommand}. A command parses, calls the
 * domain once and prints the result.
 *
 * <p>{@link com.cruddur.ddb.cli.Cli#run} is the way in, for {@code Main}, for tests and for the
 * shell. {@link com.cruddur.ddb.cli.DdbCommand} holds the options that every command has, {@link
 * com.cruddur.ddb.cli.Session} opens what a command needs and no more, {@link
 * com.cruddur.ddb.cli.Guard} stands before everything destructive, and {@link
 * com.cruddur.ddb.cli.Failures} maps every exception to a line, a hint and an exit code.
 */
package com.cruddur.ddb.cli;

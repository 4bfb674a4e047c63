/**
 * The command line. Each command is a class of its own, named after what is typed: {@code ddb
 * send-message} is {@link com.cruddur.ddb.cli.conversation.SendMessageCommand}. A command parses,
 * calls the domain once and prints the result.
 *
 * <p>{@link com.cruddur.ddb.cli.Cli#run} is the way in, for {@code Main}, for tests and for the
 * shell; {@link com.cruddur.ddb.cli.Catalogue} is the one list of commands. Each command line is a
 * {@code CommandRun} with commands and a {@link com.cruddur.ddb.cli.context.CommandContext} of its
 * own; of a shell's lines only the {@link com.cruddur.ddb.cli.context.ClientPool} lives on. The
 * commands stand in rooms: what a command is given in {@code context}, what several share in {@code
 * mixin}, and the commands in a room for each subject. Which room may import which says {@code
 * src/test/resources/rooms.txt}.
 */
package com.cruddur.ddb.cli;

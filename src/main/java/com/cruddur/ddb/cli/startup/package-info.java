/**
 * What is there for the first 200 milliseconds only. {@link
 * com.cruddur.ddb.cli.startup.PrecomputedHelp} answers {@code --help} and {@code --version} from a
 * text; {@link com.cruddur.ddb.cli.startup.CommandModel} makes a command's options from texts that
 * the build wrote down ({@code CommandTextsWriter}), since reading annotations takes longer than
 * most commands do. Without either every command answers the same, later.
 */
package com.cruddur.ddb.cli.startup;

/**
 * {@code ddb shell}: lines from a prompt, a pipe or {@code --execute}, run one after the other with
 * clients that stay open. {@code ShellScript} runs lines that nobody watches, {@code ShellPrompt}
 * those that somebody types, with history and completion.
 */
package com.cruddur.ddb.cli.shell;

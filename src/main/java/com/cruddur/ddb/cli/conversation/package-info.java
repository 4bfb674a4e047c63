/**
 * The commands of the chat itself: list, read, send, start and follow conversations. Each asks
 * {@link com.cruddur.ddb.chat.Chat} once.
 */
package com.cruddur.ddb.cli.conversation;

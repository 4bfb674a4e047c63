/**
 * The domain: what a conversation is and how its rows are kept true. It imports the JDK only,
 * prints nothing and knows neither DynamoDB nor the command line.
 *
 * <p>A conversation (a "message group") has messages and one {@link
 * com.cruddur.ddb.chat.ConversationRow} for each participant. A row carries the last message and
 * names the other participant, so that a user's list is one query. A new message makes every row
 * stale; {@link com.cruddur.ddb.chat.Reconciler} is the one rule that moves rows: it looks at the
 * newest message that is stored, not at the event that woke it, so it may run twice, late, out of
 * order or at the same time as another one.
 *
 * <p>{@link com.cruddur.ddb.chat.Chat} is what a program calls: list, read, send, start. {@link
 * com.cruddur.ddb.chat.ConversationStore} is what it needs of a database.
 */
package com.cruddur.ddb.chat;

/**
 * Reads of the whole table that are about people: who is in it ({@link
 * com.cruddur.ddb.dynamo.people.UserScan}) and who said what ({@link
 * com.cruddur.ddb.dynamo.people.MessageScan}). What concerns one user is found by the user's own
 * conversation rows instead, in {@code chat}.
 */
package com.cruddur.ddb.dynamo.people;

/**
 * Makes up conversations: {@link com.cruddur.ddb.bulk.generate.Generator} gives the same lines for
 * the same seed number, in the rhythm of days and weeks that chats have.
 */
package com.cruddur.ddb.bulk.generate;

package com.cruddur.ddb.dynamo.check;

import java.io.Serializable;

/** What was looked at; a single conversation is 1 of conversations. */
public record Summary(long messages, long rows, long conversations, long otherItems)
    implements Serializable {}

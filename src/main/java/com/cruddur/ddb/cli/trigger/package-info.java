/**
 * {@code ddb trigger ...}: moves rows after the messages of a stream, here or, by a template, as a
 * Lambda function; {@link com.cruddur.ddb.trigger} has the work itself.
 */
package com.cruddur.ddb.cli.trigger;

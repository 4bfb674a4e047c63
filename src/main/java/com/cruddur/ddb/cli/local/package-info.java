/**
 * {@code ddb local ...}: starts, stops, shows and resets the embedded stack of {@link
 * com.cruddur.ddb.local}.
 */
package com.cruddur.ddb.cli.local;

/**
 * AWS's wire protocol on this machine's loopback addresses.
 *
 * <p>{@link com.cruddur.ddb.engine.http.EngineServer} accepts connections; a {@code Connection} has
 * a thread of its own, reads a request, and writes the answer in one piece. {@code Protocol} keeps
 * web pages out, finds the operation that X-Amz-Target names, and turns refusals into AWS's errors.
 * The signature must be there, for what it says about the region; it is not verified.
 *
 * <p>Everything is bounded: 64 KB of headers, 16 MB of body, 1,024 connections, a minute of
 * silence.
 */
package com.cruddur.ddb.engine.http;

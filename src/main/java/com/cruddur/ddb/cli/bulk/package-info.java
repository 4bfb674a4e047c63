/**
 * The commands that move many items: seed, export and import, and setup, which is a schema and a
 * seed. They show progress, can be interrupted and go on from a checkpoint; what they do stands in
 * {@link com.cruddur.ddb.bulk}.
 */
package com.cruddur.ddb.cli.bulk;

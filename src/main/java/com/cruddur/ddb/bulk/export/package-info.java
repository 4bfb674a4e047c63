/**
 * Writes all items of a table into a folder in the layout of DynamoDB's own exports. {@link
 * com.cruddur.ddb.bulk.export.Exporter} reads with several scans at once, each into files of its
 * own, and writes the summary last: a folder with a summary is complete.
 */
package com.cruddur.ddb.bulk.export;

/**
 * Whole tables out to buckets and in from them. A bucket is a folder of the data directory: {@code
 * s3://BUCKET/PREFIX} is {@code s3/BUCKET/PREFIX} there.
 *
 * <p>As on AWS both run in the background and are followed by Describe; an export asks for
 * continuous backups, an import makes its table. What AWS can and this cannot: the table as it was
 * at another time, increments, Ion, CSV, zstd.
 */
package com.cruddur.ddb.engine.transfer;

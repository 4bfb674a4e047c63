/**
 * Whole tables out to buckets and in from them. A bucket is a folder of the data directory: {@code
 * s3://BUCKET/PREFIX} is {@code s3/BUCKET/PREFIX} there.
 *
 * <p>As on AWS both run in the background and are followed by Describe. An export asks for
 * point-in-time recovery, whose history gives it the table as it was at one moment of the last day,
 * or what changed in a part of it; an import makes its table.
 */
package com.cruddur.ddb.engine.transfer;

package com.cruddur.ddb.bulk.export;

import java.nio.file.Path;

/**
 * What an export has written.
 *
 * @param items items read and written
 * @param bytes size of the items as JSON or csv, before compression
 * @param files data files
 * @param folder the folder of this export; null when it went to one file or stream
 */
public record ExportAccount(long items, long bytes, int files, Path folder) {}

/**
 * {@code ddb cache ...}: the caches of the target and their items, and tokens for them. All goes
 * through {@link com.cruddur.ddb.cache.MomentoCache}, and what destroys asks first ({@code
 * CacheGuard}).
 */
package com.cruddur.ddb.cli.cache;

/**
 * Makes stand-ins for what people wrote and are called, so that a copy of real data can be worked
 * with. {@link com.cruddur.ddb.bulk.mask.ItemMask} masks an item; {@link
 * com.cruddur.ddb.bulk.mask.MaskSecret} keeps the key that the stand-ins depend on.
 */
package com.cruddur.ddb.bulk.mask;

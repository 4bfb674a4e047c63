/**
 * What commands of several rooms share and only some of them have: the page that a list begins
 * with, the cache in front of a read, an export as input, progress, and files of the owner alone.
 * What belongs to a trait of a command, such as {@code --yes}, comes by its entry in the catalogue
 * ({@link com.cruddur.ddb.cli.context.Trait}); what one room alone needs stands in that room.
 */
package com.cruddur.ddb.cli.mixin;

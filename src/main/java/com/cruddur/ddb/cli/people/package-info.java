/** Commands about people and what they wrote: list, rename, forget, hand over, search. */
package com.cruddur.ddb.cli.people;

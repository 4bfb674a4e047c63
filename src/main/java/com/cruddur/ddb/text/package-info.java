/** What every room may use to put words together for a person to read. */
package com.cruddur.ddb.text;

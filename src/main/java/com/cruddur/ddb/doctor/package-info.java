/**
 * What {@code ddb doctor} looks at, one class for each group of checks. Each tells what it finds as
 * {@link com.cruddur.ddb.doctor.Diagnosis}: what is so, why it matters, and what cures it. Nothing
 * is changed, no check waits longer than its bound, and a check that fails leaves the others to go
 * on.
 */
package com.cruddur.ddb.doctor;
